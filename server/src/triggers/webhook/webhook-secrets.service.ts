import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { CredentialsService } from '../../credentials/credentials.service.js';
import type { Secret } from './caller-check.js';
import { WebhookMisconfigured } from './webhook.errors.js';

/** How long a secret may be used before it is read again, in milliseconds. */
const freshMs = 5_000;
const maxSecrets = 200;

/** The secrets that callers of webhooks have to know. They are kept in memory for a few seconds only. */
@Injectable()
export class WebhookSecrets {
  private readonly known = new Map<string, { secret: Promise<Secret>; readAt: number }>();

  constructor(
    private readonly credentials: CredentialsService,
    private readonly clock: Clock,
  ) {}

  /** @throws WebhookMisconfigured where the webhook has no credential, or it is gone */
  async get(projectId: string, credentialId: string | undefined): Promise<Secret> {
    if (credentialId === undefined)
      throw new WebhookMisconfigured('This webhook asks for a secret but has no credential.');
    const key = `${projectId}:${credentialId}`;
    const known = this.known.get(key);
    if (known !== undefined && this.clock.monotonic() - known.readAt < freshMs) return known.secret;
    const secret = this.read(projectId, credentialId);
    this.known.delete(key);
    this.known.set(key, { secret, readAt: this.clock.monotonic() });
    if (this.known.size > maxSecrets) this.known.delete(this.known.keys().next().value!);
    secret.catch(() => this.known.delete(key));
    return secret;
  }

  private async read(projectId: string, credentialId: string): Promise<Secret> {
    try {
      return (await this.credentials.resolve(projectId, credentialId)).values;
    } catch (cause) {
      if (!String((cause as { code?: unknown }).code).startsWith('credential.')) throw cause;
      throw new WebhookMisconfigured('The credential of this webhook cannot be used. Choose another one.', { cause });
    }
  }
}
