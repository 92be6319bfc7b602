import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EncryptionKeys } from '../encryption/encryption-keys.service.js';
import type { KeyRing } from '../encryption/encryption.types.js';
import { Log } from '../logging/logger.service.js';
import { CredentialUnreadable, WrongEncryptionKey } from './credentials.errors.js';
import { CredentialsRepository } from './credentials.repository.js';
import { open, seal } from './sealed-box.js';

const canaryPlace = 'canary:v1';
const canaryText = 'wfaib';

/** Seals and opens credentials with the key of this installation, which is checked before the server listens. */
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
    if (this.keys.isNew) {
      this.log.warn(
        { file: this.keys.source },
        'An encryption key was made: keep a copy of this file, credentials need it',
      );
    }
  }

  seal(projectId: string, credentialId: string, text: string): string {
    return seal(this.ring, placeOf(projectId, credentialId), text);
  }

  /** @throws CredentialUnreadable */
  open(projectId: string, credentialId: string, sealed: string): string {
    return open(this.ring, placeOf(projectId, credentialId), sealed);
  }
}

function placeOf(projectId: string, credentialId: string): string {
  return `credential:${credentialId}:${projectId}:v1`;
}
