import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A key for programs, bound to one project. Only its hash is kept. */
@Entity('api_key')
export class ApiKeyEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('uuid', { name: 'project_id' })
  projectId: string;

  @Column('text')
  name: string;

  /** The first characters, to recognise it by. */
  @Column('text')
  prefix: string;

  @Column('bytea', { name: 'secret_hash' })
  secretHash: Buffer;

  /** Given by `WFAIB_API_KEY`. */
  @Column('boolean', { name: 'from_settings' })
  fromSettings: boolean;

  @Column({ type: 'timestamptz', name: 'created_at', insert: false })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'last_used_at', insert: false })
  lastUsedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'revoked_at', insert: false })
  revokedAt: Date | null;
}
