import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EncryptionKeys } from '../encryption/encryption-keys.service.js';
import type { KeyRing } from '../encryption/encryption.types.js';
import { Log } from '../logging/logger.service.js';
import { CredentialUnreadable, WrongEncryptionKey } from './credentials.errors.js';
import { CredentialsRepository } from './credentials.repository.js';
import { keyIdOf, open, reseal, seal } from './sealed-box.js';

const canaryPlace = 'canary:v1';
const canaryText = 'wfaib';

/** Seals and opens secrets with the key of this installation, which is checked before the server listens. */
@Injectable()
export class CredentialVault implements OnModuleInit {
  private readonly ring: KeyRing;

  constructor(
    private readonly keys: EncryptionKeys,
    private readonly credentials: CredentialsRepository,
    private readonly log: Log,
  ) {
    this.ring = keys.ringFor('credentials');
  }

  /** @throws WrongEncryptionKey when the database was sealed with a key that is not in the ring */
  async onModuleInit(): Promise<void> {
    const canary = await this.credentials.plantCanary(seal(this.ring, canaryPlace, canaryText));
    try {
      open(this.ring, canaryPlace, canary);
    } catch (error) {
      if (error instanceof CredentialUnreadable) throw new WrongEncryptionKey(this.keys.source);
      throw error;
    }
    await this.#resealAll(canary);
    if (this.keys.isNew) {
      this.log.warn(
        { file: this.keys.source },
        'An encryption key was made: keep a copy of this file, credentials need it',
      );
    }
  }

  /** After a change of the key the old one is needed no more. */
  async #resealAll(canary: string): Promise<void> {
    const newest = this.ring.newest.id;
    const rows = await this.credentials.findSealedOtherwise(newest);
    for (const { id, projectId, sealed } of rows) await this.#reseal(id, projectId, sealed);
    if (keyIdOf(canary) !== newest) await this.credentials.resealCanary(canary, reseal(this.ring, canaryPlace, canary));
    if (rows.length > 0) this.log.info({ count: rows.length }, 'Credentials were sealed with the newest key');
  }

  async #reseal(id: string, projectId: string, sealed: string): Promise<void> {
    const resealed = this.resealed(projectId, id, sealed);
    if (resealed !== undefined) await this.credentials.reseal(id, sealed, resealed);
  }

  /** @param ownerId the credential, or whatever else of the project has the secret; nothing else opens it */
  seal(projectId: string, ownerId: string, text: string): string {
    return seal(this.ring, placeOf(projectId, ownerId), text);
  }

  /**
   * The same secret sealed with the newest key, for rooms that keep some: after a change of the key the old one is needed no
   * more. @returns `undefined` where it is sealed so, or no key opens it: it stays as it is
   */
  resealed(projectId: string, ownerId: string, sealed: string): string | undefined {
    if (keyIdOf(sealed) === this.ring.newest.id) return undefined;
    try {
      return reseal(this.ring, placeOf(projectId, ownerId), sealed);
    } catch (error) {
      if (!(error instanceof CredentialUnreadable)) throw error;
      this.log.warn({ ownerId }, 'A secret cannot be opened with any key of this installation');
      return undefined;
    }
  }

  /** @throws CredentialUnreadable */
  open(projectId: string, ownerId: string, sealed: string): string {
    return open(this.ring, placeOf(projectId, ownerId), sealed);
  }
}

function placeOf(projectId: string, ownerId: string): string {
  return `credential:${ownerId}:${projectId}:v1`;
}
