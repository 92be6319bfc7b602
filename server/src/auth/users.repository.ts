import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.service.js';
import { UserEntity } from './user.entity.js';

@Injectable()
export class UsersRepository {
  findByEmail(tx: Tx, email: string): Promise<UserEntity | null> {
    return tx
      .getRepository(UserEntity)
      .createQueryBuilder('u')
      .where('lower(u.email) = lower(:email)', { email })
      .getOne();
  }

  /** Those of the addresses, in lower case, that belong to users. */
  async findEmailsAmong(tx: Tx, emails: readonly string[]): Promise<string[]> {
    const found = await tx.query<{ email: string }[]>(
      'SELECT lower(email) AS email FROM app_user WHERE lower(email) = ANY($1)',
      [emails],
    );
    return found.map(({ email }) => email);
  }

  findById(tx: Tx, id: string): Promise<UserEntity | null> {
    return tx.getRepository(UserEntity).findOneBy({ id });
  }

  findOwner(tx: Tx): Promise<UserEntity | null> {
    return tx.getRepository(UserEntity).findOneBy({ isOwner: true });
  }

  async add(tx: Tx, user: UserEntity): Promise<void> {
    await tx.getRepository(UserEntity).insert(user);
  }
}
