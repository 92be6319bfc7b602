import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as it came over the wire. */
export interface ReceivedMail {
  to: string[];
  /** Headers and body, with quoted-printable undone. */
  text: string;
}

/** A mail server of a spec's own. */
export interface TestMailServer {
  url: string;
  mails: ReceivedMail[];
  /** The next mails are refused with this status, such as 451 (try again) or 550 (never), as often as said. */
  refuse(status: number, times: number): void;
  stop(): Promise<void>;
}

/** Starts an SMTP server on a free port of 127.0.0.1. */
export async function startTestMailServer(): Promise<TestMailServer> {
  const mails: ReceivedMail[] = [];
  let refusal = { status: 0, times: 0 };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    onRcptTo: (_address, _session, done) => {
      if (refusal.times-- <= 0) return done();
      done(Object.assign(new Error('not now'), { responseCode: refusal.status }));
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const text = readable(Buffer.concat(parts).toString());
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse: (status, times) => void (refusal = { status, times }),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function readable(raw: string): string {
  return raw
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
