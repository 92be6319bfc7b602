import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProjectRole } from './project.types.js';

/** A person in a project. */
@Entity('membership')
export class MembershipEntity {
  @PrimaryColumn('uuid', { name: 'project_id' })
  projectId: string;

  @PrimaryColumn('uuid', { name: 'user_id' })
  userId: string;

  @Column('text')
  role: ProjectRole;

  @Column({ type: 'timestamptz', name: 'created_at', insert: false })
  createdAt: Date;
}
