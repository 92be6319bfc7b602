import { Injectable } from '@nestjs/common';
import { Ids } from '../clock/ids.service.js';
import { Settings } from '../config/config.service.js';
import type { Tx } from '../database/unit-of-work.service.js';
import { Projects } from '../projects/projects.service.js';
import { ApiKeys } from './api-keys.service.js';
import type { UserEntity } from './user.entity.js';
import { UsersRepository } from './users.repository.js';

/** The owner's account and what belongs to it. */
@Injectable()
export class OwnerAccounts {
  constructor(
    private readonly users: UsersRepository,
    private readonly projects: Projects,
    private readonly apiKeys: ApiKeys,
    private readonly settings: Settings,
    private readonly ids: Ids,
  ) {}

  findOwner(tx: Tx): Promise<UserEntity | null> {
    return this.users.findOwner(tx);
  }

  async create(tx: Tx, given: { email: string; name?: string | undefined; passwordHash: string }): Promise<UserEntity> {
    const { email, passwordHash } = given;
    const owner = {
      id: this.ids.newId(),
      email,
      name: given.name ?? email.split('@')[0]!,
      passwordHash,
      isOwner: true,
    };
    await this.users.add(tx, owner);
    const project = await this.projects.getDefault(tx);
    await this.projects.addMember(tx, project.id, owner.id, 'owner');
    return owner;
  }

  /** Makes `WFAIB_API_KEY` a key of the owner, where both are there. */
  async useSettingsKey(tx: Tx): Promise<void> {
    const owner = this.settings.apiKey === undefined ? null : await this.users.findOwner(tx);
    if (!owner) return;
    const project = await this.projects.getDefault(tx);
    await this.apiKeys.useFromSettings(tx, this.settings.apiKey!, owner.id, project.id);
  }
}
