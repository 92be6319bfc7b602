import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { Settings } from '../config/config.service.js';
import { MailRefused } from './mail.errors.js';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** How long the mail server may take over each thing it is asked, in milliseconds. */
const patienceMs = 20_000;

/** Sends mail over the server of `WFAIB_SMTP_URL`. Call it from a job: a mail server may be away for a while. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  #transport: Promise<Transporter> | undefined;

  constructor(private readonly settings: Settings) {}

  /** Without a mail server nothing is sent. */
  get isConfigured(): boolean {
    return this.settings.smtpUrl !== undefined;
  }

  /** @throws MailRefused where it is no use to try again; other errors pass */
  async send(mail: Mail): Promise<void> {
    this.#transport ??= connect(this.settings.smtpUrl!);
    const transport = await this.#transport;
    try {
      await transport.sendMail({ from: this.#from(), ...mail, subject: mail.subject.replaceAll(/\s+/g, ' ') });
    } catch (error) {
      const { responseCode } = error as { responseCode?: number };
      if (responseCode !== undefined && responseCode >= 500) throw new MailRefused(mail.to, error as Error);
      throw error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    (await this.#transport)?.close();
  }

  #from(): string {
    return this.settings.smtpFrom ?? `wfaib@${new URL(this.settings.publicUrl).hostname}`;
  }
}

/** The import is late: a server that sends no mail does not load it. */
async function connect(url: string): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  const times = { connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs };
  return createTransport({ url, ...times });
}
