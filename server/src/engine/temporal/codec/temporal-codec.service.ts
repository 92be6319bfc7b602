import { Injectable } from '@nestjs/common';
import type { PayloadCodec } from '@temporalio/common';
import { EncryptionKeys } from '../../../encryption/encryption-keys.service.js';

/** The one codec of this installation: on its client, its workers and the endpoint for Temporal's pages alike. */
@Injectable()
export class TemporalCodec {
  #codec: Promise<PayloadCodec> | undefined;

  constructor(private readonly keys: EncryptionKeys) {}

  /** Loaded when it is first asked for: an installation without Temporal never needs its libraries. */
  get(): Promise<PayloadCodec> {
    this.#codec ??= import('./sealed-payloads.js').then(
      ({ SealedPayloads }) => new SealedPayloads(this.keys.ringFor('temporal')),
    );
    return this.#codec;
  }
}
