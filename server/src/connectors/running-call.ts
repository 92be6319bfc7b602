import type { FileRef } from '@wfaib/sdk/items';
import type { ChildQuestion } from './child/child-protocol.types.js';
import type { ChildReply, CallListener } from './connector-child.js';
import { readError, readItems, readLogLine, type ChildItem } from './child-reply.schemas.js';
import type { ConnectorCall, ConnectorOutcome } from './connector-call.types.js';
import { maskError, maskSecrets } from './secrets-mask.js';

/** One call as the server sees it: answers what the action asks for, and knows which files it may name. */
export class RunningCall implements CallListener {
  private readonly knownFiles: Map<string, FileRef>;

  constructor(private readonly call: ConnectorCall) {
    this.knownFiles = new Map(Object.values(call.files).map((file) => [file.id, file]));
  }

  async answer(question: ChildQuestion): Promise<unknown> {
    if (question.kind === 'idempotencyKey') return this.call.idempotencyKey(question.page);
    if (question.kind === 'readFile') return this.readFile(question.file);
    return this.writeFile(question);
  }

  heartbeat(): void {
    this.call.onHeartbeat?.();
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

  private async readFile(file: FileRef): Promise<string> {
    const known = this.knownFiles.get(file.id);
    if (!known) throw new Error(`The item has no file "${file.name}".`);
    if (!this.call.fileStore) throw new Error('Files are not available here.');
    return Buffer.from(await this.call.fileStore.read(known)).toString('base64');
  }

  private async writeFile(wanted: Extract<ChildQuestion, { kind: 'writeFile' }>): Promise<FileRef> {
    if (!this.call.fileStore) throw new Error('Files are not available here.');
    const bytes = Buffer.from(wanted.bytes, 'base64');
    const file = await this.call.fileStore.write({ name: wanted.name, mimeType: wanted.mimeType, bytes });
    this.knownFiles.set(file.id, file);
    return file;
  }
}

function invalid(message: string): ConnectorOutcome {
  return { ok: false, error: { code: 'connector.invalidOutput', message, retryable: false } };
}
