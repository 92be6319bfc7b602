import { Injectable } from '@nestjs/common';
import type { FileRef, JsonObject, JsonValue } from '@wfaib/sdk/items';
import { FileStore } from '../../runs/file-store.service.js';
import { readParts } from './multipart.js';
import { mediaTypeOf, readBody } from './request-body.js';
import type { WebhookCall } from './webhook-call.js';

/** The body of a call as the workflow gets it. */
export interface ReceivedBody {
  body: JsonValue;
  files: Record<string, FileRef>;
}

/** Reads bodies; what is no text becomes a file of the run. Handles of files are made here only, never read from JSON. */
@Injectable()
export class WebhookFiles {
  constructor(private readonly files: FileStore) {}

  /** @throws BodyUnreadable */
  async receive(call: WebhookCall, runId: string, keepRaw: boolean): Promise<ReceivedBody> {
    const contentType = call.headers['content-type'];
    if (keepRaw) return call.body.length === 0 ? { body: {}, files: {} } : this.asFile(call, runId);
    if (mediaTypeOf(contentType) === 'multipart/form-data') return this.multipart(call.body, contentType!, runId);
    const reading = readBody(contentType, call.body);
    return reading.kind === 'value' ? { body: reading.value, files: {} } : this.asFile(call, runId);
  }

  private async asFile(call: WebhookCall, runId: string): Promise<ReceivedBody> {
    const mimeType = mediaTypeOf(call.headers['content-type']) ?? 'application/octet-stream';
    const name = /filename="?([^";]+)/i.exec(call.headers['content-disposition'] ?? '')?.[1] ?? 'data';
    return { body: {}, files: { data: await this.files.put(runId, { name, mimeType }, call.body) } };
  }

  private async multipart(bytes: Buffer, contentType: string, runId: string): Promise<ReceivedBody> {
    const body: JsonObject = {};
    const files: Record<string, FileRef> = {};
    for (const part of await readParts(bytes, contentType)) {
      if (part.kind === 'field') body[part.name] = joined(body[part.name], part.value);
      else
        files[freeName(files, part.name)] = await this.files.put(
          runId,
          { name: part.fileName, mimeType: part.mimeType },
          part.bytes,
        );
    }
    return { body, files };
  }
}

function joined(known: JsonValue | undefined, value: string): JsonValue {
  if (known === undefined) return value;
  return Array.isArray(known) ? [...known, value] : [known, value];
}

function freeName(files: Record<string, FileRef>, name: string): string {
  let free = name;
  for (let count = 2; Object.hasOwn(files, free); count++) free = `${name}_${count}`;
  return free;
}
