import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Settings } from '../config/config.service.js';
import { UnitOfWork, type Tx } from '../database/unit-of-work.service.js';
import { Log } from '../logging/logger.service.js';
import { SetupDone, SetupTokenInvalid } from './auth.errors.js';
import { OwnerAccounts } from './owner-accounts.service.js';
import { hashPassword } from './passwords.js';
import { hashSecret, newSecret } from './secrets.js';
import { SetupTokens } from './setup-tokens.repository.js';
import type { UserEntity } from './user.entity.js';

export interface NewOwner {
  email: string;
  password: string;
  name?: string | undefined;
}

/** Makes the owner: from the settings, or by the person who holds the one-time link. */
@Injectable()
export class OwnerSetup implements OnApplicationBootstrap {
  private readonly linkFile: string;

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: OwnerAccounts,
    private readonly tokens: SetupTokens,
  ) {
    this.linkFile = join(settings.dataDir, 'owner-link');
  }

  /** Creates the owner out of the settings, where they name one and there is none. */
  async onApplicationBootstrap(): Promise<void> {
    const { ownerEmail: email, ownerPassword: password } = this.settings;
    const isNew = email !== undefined && password !== undefined && (await this.isNeeded());
    const passwordHash = isNew ? await hashPassword(password) : undefined;
    await this.unitOfWork.run(async (tx) => {
      await this.tokens.lock(tx);
      if (passwordHash !== undefined && !(await this.accounts.findOwner(tx)))
        await this.accounts.create(tx, { email: email!, name: undefined, passwordHash });
      await this.accounts.useSettingsKey(tx);
    });
  }

  /** Whether the owner still has to be made. */
  async isNeeded(): Promise<boolean> {
    return !(await this.accounts.findOwner(this.unitOfWork.direct));
  }

  /**
   * Shows the one-time link in the log and in `<data dir>/owner-link` (mode 600) while there is no owner. The link stays
   * the same over restarts. Called when the address of the server is known.
   */
  async announce(): Promise<void> {
    if (!(await this.isNeeded())) return rmSync(this.linkFile, { force: true });
    const secret = await this.unitOfWork.run((tx) => this.currentToken(tx));
    const link = `${this.settings.publicUrl}/setup?token=${secret}`;
    mkdirSync(this.settings.dataDir, { recursive: true });
    writeFileSync(this.linkFile, `${link}\n`, { mode: 0o600 });
    chmodSync(this.linkFile, 0o600);
    this.log.info({ link }, 'Make the owner account with this one-time link');
  }

  /** Makes the owner with the one-time link. @throws {SetupDone} or {SetupTokenInvalid} */
  async complete(token: string, owner: NewOwner): Promise<UserEntity> {
    if (!(await this.isNeeded())) throw new SetupDone();
    if (!(await this.tokens.isCurrent(this.unitOfWork.direct, hashSecret(token)))) throw new SetupTokenInvalid();
    const passwordHash = await hashPassword(owner.password);
    const user = await this.unitOfWork.run(async (tx) => {
      await this.tokens.lock(tx);
      if (await this.accounts.findOwner(tx)) throw new SetupDone();
      if (!(await this.tokens.use(tx, hashSecret(token)))) throw new SetupTokenInvalid();
      const created = await this.accounts.create(tx, { ...owner, passwordHash });
      await this.accounts.useSettingsKey(tx);
      return created;
    });
    rmSync(this.linkFile, { force: true });
    return user;
  }

  // Only the hash is in the database: the link of an earlier start is read from its file, where it is still valid.
  private async currentToken(tx: Tx): Promise<string> {
    await this.tokens.lock(tx);
    const written = tokenIn(this.linkFile);
    if (written !== undefined && (await this.tokens.isCurrent(tx, hashSecret(written)))) return written;
    const secret = newSecret();
    await this.tokens.replace(tx, hashSecret(secret));
    return secret;
  }
}

function tokenIn(file: string): string | undefined {
  try {
    return new URL(readFileSync(file, 'utf8').trim()).searchParams.get('token') ?? undefined;
  } catch {
    return undefined;
  }
}
