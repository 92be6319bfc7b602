import type { FileRef } from '@wfaib/sdk/items';
import type { Answer, ChildQuestion } from './child/child-protocol.types.js';
import { filePartBytes } from './child/frames.js';
import type { ChildReply, CallListener } from './connector-child.js';
import { readError, readItems, readLogLine, type ChildItem } from './child-reply.schemas.js';
import { readProgress } from '../nodes/step-progress.js';
import type { CallFileStore, ConnectorCall, ConnectorOutcome } from './connector-call.types.js';
import { FileIntake } from './file-intake.js';
import { maskError, maskSecrets } from './secrets-mask.js';

/** Files that one call may write at the same time. */
const maxIntakes = 16;

/** One call as the server sees it: answers what the action asks for, and knows which files it may name. */
export class RunningCall implements CallListener {
  private readonly knownFiles: Map<string, FileRef>;
  private readonly intakes = new Map<number, FileIntake>();
  private lastHandle = 0;

  constructor(private readonly call: ConnectorCall) {
    this.knownFiles = new Map(Object.values(call.files).map((file) => [file.id, file]));
  }

  async answer(question: ChildQuestion, bytes: Uint8Array): Promise<Answer> {
    switch (question.kind) {
      case 'idempotencyKey':
        return { value: this.call.idempotencyKey(question.page) };
      case 'readFile':
        return { bytes: await this.readFile(question) };
      case 'beginFile':
        return { value: this.beginFile(question) };
      case 'appendFile':
        await this.intake(question.handle).append(bytes);
        return {};
      case 'endFile':
        return { value: await this.endFile(question.handle) };
      case 'dropFile':
        this.intake(question.handle).drop();
        this.intakes.delete(question.handle);
        return {};
    }
  }

  /** The call is over: what was not stored to its end is dropped. */
  close(): void {
    for (const intake of this.intakes.values()) intake.drop();
    this.intakes.clear();
  }

  heartbeat(): void {
    this.call.onHeartbeat?.();
  }

  progress(told: { fraction?: unknown; text?: unknown }): void {
    const progress = readProgress(told);
    if (progress) this.call.onProgress?.(maskSecrets(progress, this.call.credentials));
  }

  log(line: unknown): void {
    const read = readLogLine(line);
    if (read)
      this.call.onLog?.(maskSecrets(read as Parameters<NonNullable<ConnectorCall['onLog']>>[0], this.call.credentials));
  }

  /** What the reply means to the step. Credentials are taken out of errors. */
  outcome(reply: ChildReply): ConnectorOutcome {
    if (!reply.ok) return { ok: false, error: maskError(readError(reply.error), this.call.credentials) };
    const items = readItems(reply.value);
    if (!items) return invalid('The connector did not answer with items.');
    const stranger = items
      .flatMap((item) => Object.values(item.files ?? {}))
      .find((file) => !this.knownFiles.has(file.id));
    if (stranger) return invalid(`The connector named a file that is not its own ("${stranger.name}").`);
    return { ok: true, items: items.map((item) => this.withKnownFiles(item)) };
  }

  /** Files are the ones the server knows, whatever the child says of their size and type. */
  private withKnownFiles(item: ChildItem): ChildItem {
    if (!item.files) return item;
    const files = Object.entries(item.files).map(([name, file]) => [name, this.knownFiles.get(file.id)!] as const);
    return { json: item.json, files: Object.fromEntries(files) };
  }

  private async readFile({ file, from }: Extract<ChildQuestion, { kind: 'readFile' }>): Promise<Uint8Array> {
    const known = this.knownFiles.get(file.id);
    if (!known) throw new Error(`The item has no file "${file.name}".`);
    if (!Number.isSafeInteger(from) || from < 0) throw new Error('There is no such part of a file.');
    return this.store.read(known, from, Math.min(known.size, from + filePartBytes));
  }

  private beginFile({ name, mimeType }: Extract<ChildQuestion, { kind: 'beginFile' }>): number {
    if (this.intakes.size >= maxIntakes) throw new Error(`A call may write ${maxIntakes} files at once, not more.`);
    const handle = ++this.lastHandle;
    this.intakes.set(handle, new FileIntake(this.store, { name: String(name), mimeType: String(mimeType) }));
    return handle;
  }

  private async endFile(handle: number): Promise<FileRef> {
    const file = await this.intake(handle).end();
    this.intakes.delete(handle);
    this.knownFiles.set(file.id, file);
    return file;
  }

  private intake(handle: number): FileIntake {
    const intake = this.intakes.get(handle);
    if (!intake) throw new Error('This file is not being written.');
    return intake;
  }

  private get store(): CallFileStore {
    if (!this.call.fileStore) throw new Error('Files are not available here.');
    return this.call.fileStore;
  }
}

function invalid(message: string): ConnectorOutcome {
  return { ok: false, error: { code: 'connector.invalidOutput', message, retryable: false } };
}
