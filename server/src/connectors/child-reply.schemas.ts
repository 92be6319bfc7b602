import type { StepError } from '@wfaib/sdk/errors';
import type { FileRef, JsonObject } from '@wfaib/sdk/items';
import { z } from 'zod';

// What a child says may have been written by a plugin: shapes are checked, lengths cut, unknown fields dropped.
const fileRef = z.object({
  id: z.string(),
  name: z.string(),
  mimeType: z.string(),
  size: z.number(),
  sha256: z.string(),
});
const json = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));

const outputItems = z.array(z.object({ json, files: z.record(z.string(), fileRef).optional() }));

export type ChildItem = { json: JsonObject; files?: Record<string, FileRef> };

/** Output items of a call, or undefined where the child sent something else. */
export function readItems(value: unknown): ChildItem[] | undefined {
  const parsed = outputItems.safeParse(value);
  return parsed.success ? (parsed.data as ChildItem[]) : undefined;
}

const stepError = z.object({
  code: z
    .string()
    .regex(/^[\w.-]{1,100}$/)
    .catch('connector.failed'),
  message: z
    .string()
    .catch('The connector failed without a message.')
    .transform((text) => text.slice(0, 4_000)),
  status: z.number().optional().catch(undefined),
  details: z.unknown().optional(),
  retryable: z.boolean().optional().catch(undefined),
  retryAfterMs: z.number().min(0).optional().catch(undefined),
  outcomeUnknown: z.boolean().optional().catch(undefined),
});

/** The error of a call, as the step may show it. */
export function readError(value: unknown): StepError {
  const parsed = stepError.safeParse(value);
  const error = parsed.success ? parsed.data : { code: 'connector.failed', message: 'The connector failed.' };
  return JSON.parse(JSON.stringify(error)) as StepError;
}

const logLine = z.object({
  level: z.enum(['debug', 'info', 'warn', 'error']).catch('info'),
  message: z.string().transform((text) => text.slice(0, 4_000)),
  details: json.optional(),
});

export function readLogLine(value: unknown) {
  return logLine.safeParse(value).data;
}
