import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Ids } from '../clock/ids.service.js';
import { UnitOfWork, type Tx } from '../database/unit-of-work.service.js';
import { ApiKeyEntity } from './api-key.entity.js';
import { ApiKeyNotFound } from './auth.errors.js';
import type { Caller } from './caller.types.js';
import { hashSecret, newSecret } from './secrets.js';

/** An API key as lists show it. */
export interface ApiKeySummary {
  id: string;
  name: string;
  prefix: string;
  createdAt: string;
  lastUsedAt: string | null;
}

/** Keys for programs. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: Ids,
  ) {}

  /** Makes a key for the caller's project. The key itself is in this answer and nowhere else, ever. */
  async create(caller: Caller, name: string): Promise<ApiKeySummary & { key: string }> {
    const prefix = `wfaib_${randomBytes(4).toString('hex')}`;
    const key = `${prefix}_${newSecret()}`;
    const id = await this.insert(this.unitOfWork.direct, { ...caller, name, key, prefix, fromSettings: false });
    return { id, name, prefix, createdAt: new Date().toISOString(), lastUsedAt: null, key };
  }

  /** Keys of the caller's project that still work, newest first. */
  async list(caller: Caller): Promise<ApiKeySummary[]> {
    const keys = await this.unitOfWork.direct.getRepository(ApiKeyEntity).find({
      where: { projectId: caller.projectId, revokedAt: IsNull() },
      order: { createdAt: 'DESC', id: 'DESC' },
    });
    return keys.map(toSummary);
  }

  /** Ends a key at once. @throws {ApiKeyNotFound} */
  async revoke(caller: Caller, id: string): Promise<void> {
    const keys = this.unitOfWork.direct.getRepository(ApiKeyEntity);
    const { affected } = await keys.update(
      { id, projectId: caller.projectId, revokedAt: IsNull() },
      { revokedAt: new Date() },
    );
    if (affected === 0) throw new ApiKeyNotFound(id);
  }

  /** The key that works with this text; undefined when there is none. */
  async findByKey(key: string): Promise<ApiKeyEntity | undefined> {
    const keys = this.unitOfWork.direct.getRepository(ApiKeyEntity);
    const found = await keys.findOneBy({ secretHash: hashSecret(key), revokedAt: IsNull() });
    if (found) await this.touch(found);
    return found ?? undefined;
  }

  /** Makes `WFAIB_API_KEY` work, and the one that was there before stop working. */
  async useFromSettings(tx: Tx, key: string, userId: string, projectId: string): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(7311602)');
    const hash = hashSecret(key);
    const keys = tx.getRepository(ApiKeyEntity);
    const known = await keys.findOneBy({ secretHash: hash });
    await tx.query(
      'UPDATE api_key SET revoked_at = now() WHERE from_settings AND revoked_at IS NULL AND secret_hash <> $1',
      [hash],
    );
    if (known) await keys.update({ id: known.id }, { revokedAt: null });
    else
      await this.insert(tx, {
        userId,
        projectId,
        name: 'WFAIB_API_KEY',
        key,
        prefix: `${key.slice(0, 4)}…`,
        fromSettings: true,
      });
  }

  private async insert(
    tx: Tx,
    given: { userId: string; projectId: string; name: string; key: string; prefix: string; fromSettings: boolean },
  ): Promise<string> {
    const { userId, projectId, name, prefix, fromSettings } = given;
    const id = this.ids.newId();
    await tx
      .getRepository(ApiKeyEntity)
      .insert({ id, userId, projectId, name, prefix, fromSettings, secretHash: hashSecret(given.key) });
    return id;
  }

  private async touch(key: ApiKeyEntity): Promise<void> {
    if (key.lastUsedAt && Date.now() - key.lastUsedAt.getTime() < 60_000) return;
    await this.unitOfWork.direct.query('UPDATE api_key SET last_used_at = now() WHERE id = $1', [key.id]);
  }
}

function toSummary({ id, name, prefix, createdAt, lastUsedAt }: ApiKeyEntity): ApiKeySummary {
  return { id, name, prefix, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null };
}
