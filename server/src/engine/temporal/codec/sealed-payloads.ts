import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { PayloadCodec } from '@temporalio/common';
import protocol, { type temporal } from '@temporalio/proto';
import type { KeyRing } from '../../../encryption/encryption.types.js';
import { PayloadUnreadable } from './codec.errors.js';

type Payload = temporal.api.common.v1.IPayload;

// A CommonJS module whose names Node does not see.
const { Payload: PayloadMessage } = protocol.temporal.api.common.v1;
const encoding = 'binary/wfaib-sealed';
const cipher = 'aes-256-gcm';
const saltBytes = 16;
const ivBytes = 12;
const tagBytes = 16;
const keyBytes = 32;

/**
 * Encrypts what travels through Temporal, summaries and details included, with the newest key of the ring; opens what any
 * key of the ring sealed. What was written before, or by others, passes as it is.
 *
 * A sealed payload names its key in `metadata['wfaib-key']`; its data is salt, tag and ciphertext of the whole payload. Each
 * payload has a key and an iv of its own, derived from its salt, so that no number of payloads wears out a key.
 */
export class SealedPayloads implements PayloadCodec {
  constructor(private readonly ring: KeyRing) {}

  encode = async (payloads: Payload[]): Promise<Payload[]> => payloads.map((payload) => this.#seal(payload));

  /** @throws {PayloadUnreadable} for a key that is not in the ring, and for what was changed on its way */
  decode = async (payloads: Payload[]): Promise<Payload[]> =>
    payloads.map((payload) => (textOf(payload, 'encoding') === encoding ? this.#open(payload) : payload));

  #seal(payload: Payload): Payload {
    const { id, key } = this.ring.newest;
    const salt = randomBytes(saltBytes);
    const own = ownKey(key, salt);
    const box = createCipheriv(cipher, own.key, own.iv, { authTagLength: tagBytes });
    const text = Buffer.concat([box.update(PayloadMessage.encode(payload).finish()), box.final()]);
    return {
      metadata: { encoding: Buffer.from(encoding), 'wfaib-key': Buffer.from(id) },
      data: Buffer.concat([salt, box.getAuthTag(), text]),
    };
  }

  #open(payload: Payload): Payload {
    const id = textOf(payload, 'wfaib-key');
    const found = this.ring.byId(id);
    if (!found) throw new PayloadUnreadable(`was sealed with the key ${id}, which is not in WFAIB_ENCRYPTION_KEY`);
    const data = Buffer.from(payload.data ?? []);
    const own = ownKey(found.key, data.subarray(0, saltBytes));
    try {
      const box = createDecipheriv(cipher, own.key, own.iv, { authTagLength: tagBytes });
      box.setAuthTag(data.subarray(saltBytes, saltBytes + tagBytes));
      return PayloadMessage.decode(Buffer.concat([box.update(data.subarray(saltBytes + tagBytes)), box.final()]));
    } catch {
      throw new PayloadUnreadable('was changed after it was sealed');
    }
  }
}

function ownKey(key: Buffer, salt: Buffer): { key: Buffer; iv: Buffer } {
  const derived = Buffer.from(hkdfSync('sha256', key, salt, 'wfaib:temporal-payload:v1', keyBytes + ivBytes));
  return { key: derived.subarray(0, keyBytes), iv: derived.subarray(keyBytes) };
}

const textOf = ({ metadata }: Payload, name: string): string => Buffer.from(metadata?.[name] ?? []).toString();
