import { Module } from '@nestjs/common';
import { EncryptionKeys } from './encryption-keys.service.js';

/** Keys made from the one secret of this installation. */
@Module({ providers: [EncryptionKeys], exports: [EncryptionKeys] })
export class EncryptionModule {}
