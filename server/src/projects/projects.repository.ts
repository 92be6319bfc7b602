import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.service.js';
import { MembershipEntity } from './membership.entity.js';
import { ProjectEntity } from './project.entity.js';

@Injectable()
export class ProjectsRepository {
  findDefault(tx: Tx): Promise<ProjectEntity | null> {
    return tx.getRepository(ProjectEntity).findOneBy({ isDefault: true });
  }

  findById(tx: Tx, id: string): Promise<ProjectEntity | null> {
    return tx.getRepository(ProjectEntity).findOneBy({ id });
  }

  /** Oldest first. */
  findMembershipsOf(tx: Tx, userId: string): Promise<MembershipEntity[]> {
    return tx
      .getRepository(MembershipEntity)
      .find({ where: { userId }, order: { createdAt: 'ASC', projectId: 'ASC' } });
  }

  findMembershipsIn(tx: Tx, projectId: string): Promise<MembershipEntity[]> {
    return tx.getRepository(MembershipEntity).findBy({ projectId });
  }

  async addMembership(tx: Tx, membership: Pick<MembershipEntity, 'projectId' | 'userId' | 'role'>): Promise<void> {
    await tx.getRepository(MembershipEntity).insert(membership);
  }
}
