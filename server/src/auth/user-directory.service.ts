import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.service.js';
import { UsersRepository } from './users.repository.js';

/** Who the users are, for rooms that name them to people. */
@Injectable()
export class UserDirectory {
  constructor(
    private readonly users: UsersRepository,
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
}

const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
