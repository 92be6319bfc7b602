import { Module } from '@nestjs/common';
import { ConnectorsModule } from '../connectors/connectors.module.js';
import { EncryptionModule } from '../encryption/encryption.module.js';
import { CredentialPlaces } from './credential-places.service.js';
import { CredentialVault } from './credential-vault.service.js';
import { CredentialsController } from './credentials.controller.js';
import { CredentialsRepository } from './credentials.repository.js';
import { LookupsController } from './lookups.controller.js';
import { CredentialsService } from './credentials.service.js';

/** Encrypted secrets. */
@Module({
  imports: [ConnectorsModule, EncryptionModule],
  controllers: [CredentialsController, LookupsController],
  providers: [CredentialsRepository, CredentialVault, CredentialsService, CredentialPlaces],
  exports: [CredentialsService, CredentialPlaces, CredentialVault],
})
export class CredentialsModule {}
