import { Injectable } from '@nestjs/common';
import { Settings } from '../config/config.service.js';
import { readKeyMaterial, type KeyMaterial } from './key-material.js';
import { KeyRing, type KeyPurpose } from './key-ring.js';

/** The keys of this installation, a ring for each purpose, all made from one secret. */
@Injectable()
export class EncryptionKeys {
  private readonly material: KeyMaterial;

  /** @throws InvalidSetting for a key that is none */
  constructor(settings: Settings) {
    this.material = readKeyMaterial(settings);
  }

  /** Where the secret came from, for people: a setting or a file. */
  get source(): string {
    return this.material.source;
  }

  /** The secret was made just now. */
  get isNew(): boolean {
    return this.material.isNew;
  }

  ringFor(purpose: KeyPurpose): KeyRing {
    return new KeyRing(this.material.text, purpose);
  }
}
