import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A browser that is signed in. Only the hash of its cookie is kept. */
@Entity('session')
export class SessionEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('bytea', { name: 'secret_hash' })
  secretHash: Buffer;

  @Column({ type: 'timestamptz', name: 'last_used_at', insert: false })
  lastUsedAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}
