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
