import { Injectable } from '@nestjs/common';
import { say } from '@wfaib/sdk/sentence';
import { Ids } from '../clock/ids.service.js';
import type { ResolvedCredential } from '../connectors/connector-call.types.js';
import { ConnectorCatalog, type KnownCredentialKind } from '../connectors/connector-catalog.service.js';
import { ConnectorHost } from '../connectors/connector-host.service.js';
import type { Tx } from '../database/unit-of-work.service.js';
import { changedValues, withFieldDefaults, type CredentialValues } from './credential-values.js';
import { CredentialVault } from './credential-vault.service.js';
import { CredentialInUse, CredentialInvalid, CredentialNotFound } from './credentials.errors.js';
import { CredentialsRepository } from './credentials.repository.js';
import type { ChangeCredential, CreateCredential } from './credentials.schemas.js';
import type { CredentialRow, CredentialState, CredentialSummary, CredentialTest } from './credentials.types.js';

const testTimeoutMs = 20_000;

/** Credentials of a project. Values go in and are never shown again; only {@link resolve} opens them. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly vault: CredentialVault,
    private readonly catalog: ConnectorCatalog,
    private readonly host: ConnectorHost,
    private readonly ids: Ids,
  ) {}

  async list(projectId: string): Promise<CredentialSummary[]> {
    return (await this.credentials.findAll(projectId)).map((row) => this.summary(row));
  }

  /** @throws CredentialNotFound */
  async getById(projectId: string, id: string): Promise<CredentialSummary> {
    return this.summary(await this.row(projectId, id));
  }

  /** Whether the project has this credential. */
  async exists(projectId: string, id: string): Promise<boolean> {
    return (await this.credentials.findById(projectId, id)) !== undefined;
  }

  /**
   * The values, for one call of a connector: resolve right before it, keep nowhere.
   * @throws CredentialNotFound, CredentialUnreadable
   */
  async resolve(projectId: string, id: string): Promise<ResolvedCredential> {
    return this.resolved(await this.row(projectId, id));
  }

  /** Those among `ids` that the project has, and whether their last test failed. */
  states(tx: Tx, projectId: string, ids: readonly string[]): Promise<CredentialState[]> {
    return this.credentials.findStates(tx, projectId, ids);
  }

  /** @throws CredentialInvalid */
  async create(projectId: string, request: CreateCredential): Promise<CredentialSummary> {
    const kind = this.kind(request.kind);
    const values = changedValues(kind.fields, {}, request.values);
    const id = this.ids.newId();
    const sealed = this.vault.seal(projectId, id, JSON.stringify(values));
    const { name, maxConcurrentCalls = null } = request;
    await this.credentials.insert({
      id,
      projectId,
      name,
      kind: kind.kind,
      ...filled(values),
      sealed,
      maxConcurrentCalls,
    });
    return this.getById(projectId, id);
  }

  /** @throws CredentialNotFound, CredentialInvalid */
  async change(projectId: string, id: string, request: ChangeCredential): Promise<CredentialSummary> {
    const row = await this.row(projectId, id);
    if (request.kind !== undefined && request.kind !== row.kind) {
      throw new CredentialInvalid(say`The kind of a credential cannot change. Make a new one.`, 'kind');
    }
    const before = this.valuesOf(row);
    const values = changedValues(this.kind(row.kind).fields, before, request.values);
    const sealed = this.vault.seal(projectId, id, JSON.stringify(values));
    const { name = row.name, maxConcurrentCalls = row.maxConcurrentCalls } = request;
    const isOther = JSON.stringify(values) !== JSON.stringify(before);
    const changes = { name, ...filled(values), sealed, maxConcurrentCalls };
    const isSaved = await this.credentials.update(row, changes, isOther);
    return isSaved ? this.getById(projectId, id) : this.change(projectId, id, request);
  }

  /** @throws CredentialNotFound, CredentialInUse */
  async remove(projectId: string, id: string): Promise<void> {
    await this.row(projectId, id);
    const uses = await this.credentials.findLiveUses(projectId, id);
    if (uses.length > 0) throw new CredentialInUse(uses);
    await this.credentials.delete(projectId, id);
  }

  /** Tries the credential at its service and remembers how it went. @throws CredentialNotFound, CredentialInvalid where its kind has no test */
  async test(projectId: string, id: string): Promise<{ ok: boolean; message?: string }> {
    const row = await this.row(projectId, id);
    const credential = this.resolved(row);
    const kind = this.kind(credential.kind);
    if (!kind.canTest)
      throw new CredentialInvalid(say`Credentials of this kind cannot be tested: they fit any service.`);
    const terms = { timeoutMs: testTimeoutMs, signal: new AbortController().signal };
    const error = await this.host.testCredential(kind.connectorId, credential, terms);
    await this.credentials.noteTest(row, error?.message ?? null);
    return error ? { ok: false, message: error.message } : { ok: true };
  }

  private resolved(row: CredentialRow): ResolvedCredential {
    const fields = this.catalog.kind(row.kind)?.fields ?? {};
    const secrets = Object.keys(fields).filter((name) => fields[name]?.kind === 'secret');
    const values = withFieldDefaults(fields, this.valuesOf(row));
    const { maxConcurrentCalls } = row;
    return {
      id: row.id,
      kind: row.kind,
      values,
      secrets,
      ...(maxConcurrentCalls === null ? {} : { maxConcurrentCalls }),
    };
  }

  private async row(projectId: string, id: string): Promise<CredentialRow> {
    const row = await this.credentials.findById(projectId, id);
    if (!row) throw new CredentialNotFound(id);
    return row;
  }

  private kind(name: string): KnownCredentialKind {
    const kind = this.catalog.kind(name);
    if (!kind) throw new CredentialInvalid(say`There is no kind of credential "${{ name }}".`, 'kind');
    return kind;
  }

  private valuesOf(row: CredentialRow): CredentialValues {
    return JSON.parse(this.vault.open(row.projectId, row.id, row.sealed)) as CredentialValues;
  }

  private summary(row: CredentialRow): CredentialSummary {
    const names = Object.keys(this.catalog.kind(row.kind)?.fields ?? {});
    const shown = new Set([...names, ...row.filledFields]);
    return {
      id: row.id,
      name: row.name,
      kind: row.kind,
      fields: Object.fromEntries([...shown].map((name) => [name, { hasValue: row.filledFields.includes(name) }])),
      maxConcurrentCalls: row.maxConcurrentCalls,
      lastTest: lastTestOf(row),
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  }
}

function filled(values: CredentialValues): { filledFields: string[] } {
  return { filledFields: Object.keys(values).sort() };
}

function lastTestOf({ testedAt, testFailure }: CredentialRow): CredentialTest | null {
  if (testedAt === null) return null;
  const at = testedAt.toISOString();
  return testFailure === null ? { ok: true, at } : { ok: false, message: testFailure, at };
}
