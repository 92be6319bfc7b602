import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Owner of workflows, runs and credentials. There is one to begin with. */
@Entity('project')
export class ProjectEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @Column('boolean', { name: 'is_default' })
  isDefault: boolean;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
