import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Tx } from '../database/unit-of-work.service.js';
import { Projects } from '../projects/projects.service.js';
import type { Permission } from './permissions.types.js';
import { rolePermissions } from './role-permissions.js';
import { UsersRepository } from './users.repository.js';

/** Who the users are, for rooms that name them to people. */
@Injectable()
export class UserDirectory {
  constructor(
    private readonly users: UsersRepository,
    private readonly projects: Projects,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The e-mail address of a user, in lower case; the id where there is no such user (any more). */
  async emailOf(userId: string): Promise<string> {
    const user = await this.users.findById(this.unitOfWork.direct, userId);
    return user?.email.toLowerCase() ?? userId;
  }

  /** The address of somebody who is named by address, or by the id of a user. */
  addressOf(name: string): Promise<string> {
    return isUuid.test(name) ? this.emailOf(name) : Promise.resolve(name);
  }

  /** Those of the e-mail addresses, in lower case, that belong to users. */
  async knownAmong(tx: Tx, emails: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(await this.users.findEmailsAmong(tx, emails));
  }

  /** How many people may do something in a project. */
  async countThoseWhoMay(tx: Tx, projectId: string, permission: Permission): Promise<number> {
    const members = await this.projects.membersOf(tx, projectId);
    return members.filter(({ role }) => rolePermissions[role].has(permission)).length;
  }
}

const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
