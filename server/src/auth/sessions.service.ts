import { Injectable } from '@nestjs/common';
import { Ids } from '../clock/ids.service.js';
import { UnitOfWork } from '../database/unit-of-work.service.js';
import { hashSecret, newSecret } from './secrets.js';
import { SessionEntity } from './session.entity.js';

/** A session ends this long after the last request. */
export const sessionIdleHours = 12;
/** A session ends this long after signing in, whatever happens. */
export const sessionMaxDays = 7;

/** Browsers that are signed in. */
@Injectable()
export class Sessions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: Ids,
  ) {}

  /** Opens a session and returns the secret for its cookie. Sessions that have ended are cleared away. */
  async open(userId: string): Promise<string> {
    const secret = newSecret();
    const expiresAt = new Date(Date.now() + sessionMaxDays * 86_400_000);
    await this.unitOfWork.run(async (tx) => {
      await tx.query(
        'DELETE FROM session WHERE expires_at < now() OR last_used_at < now() - make_interval(hours => $1)',
        [sessionIdleHours],
      );
      await tx
        .getRepository(SessionEntity)
        .insert({ id: this.ids.newId(), userId, secretHash: hashSecret(secret), expiresAt });
    });
    return secret;
  }

  /** Whose session this is; undefined when there is none or it has ended. */
  async findUserId(secret: string): Promise<string | undefined> {
    const sessions = this.unitOfWork.direct.getRepository(SessionEntity);
    const session = await sessions
      .createQueryBuilder('s')
      .where('s.secretHash = :hash', { hash: hashSecret(secret) })
      .andWhere('s.expiresAt > now() AND s.lastUsedAt > now() - make_interval(hours => :hours)', {
        hours: sessionIdleHours,
      })
      .getOne();
    if (!session) return undefined;
    await this.touch(session);
    return session.userId;
  }

  async close(secret: string): Promise<void> {
    await this.unitOfWork.direct.getRepository(SessionEntity).delete({ secretHash: hashSecret(secret) });
  }

  // Written once a minute at most: not every request is worth a write.
  private async touch(session: SessionEntity): Promise<void> {
    if (Date.now() - session.lastUsedAt.getTime() < 60_000) return;
    await this.unitOfWork.direct.query('UPDATE session SET last_used_at = now() WHERE id = $1', [session.id]);
  }
}
