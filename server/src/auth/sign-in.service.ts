import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.service.js';
import { SignInFailed } from './auth.errors.js';
import { verifyPassword } from './passwords.js';
import { SignInLimiter } from './sign-in-limiter.service.js';
import type { UserEntity } from './user.entity.js';
import { UsersRepository } from './users.repository.js';

/** Checks e-mail and password. */
@Injectable()
export class SignIn {
  constructor(
    private readonly users: UsersRepository,
    private readonly limiter: SignInLimiter,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The person with this password. @throws {SignInFailed} or {RateLimited} */
  async check(email: string, password: string, address: string): Promise<UserEntity> {
    await this.limiter.count(email, address);
    const user = await this.users.findByEmail(this.unitOfWork.direct, email);
    if (!(await verifyPassword(password, user?.passwordHash)) || !user) throw new SignInFailed();
    await this.limiter.succeeded(email, address);
    return user;
  }

  findById(userId: string): Promise<UserEntity | null> {
    return this.users.findById(this.unitOfWork.direct, userId);
  }
}
