import type { ApiBodyOptions } from '@nestjs/swagger';
import { say } from '@wfaib/sdk/sentence';
import { workflowDocument } from '@wfaib/sdk/workflow-document';
import { z } from 'zod';
import { InvalidRequest } from '../http/http.errors.js';

/** Longest name of a workflow, in characters, as the format of documents has it. */
const longestName = workflowDocument.shape.name.maxLength ?? 200;

const thing = z.looseObject({});
const end = z.looseObject({ node: z.string().optional(), port: z.string().optional() });

/**
 * The least a draft is held to: everything may be missing and most may be wrong, which its problems tell, but what is
 * there has the kind of value that a workflow has there, so that it can be shown and mended in the editor.
 */
const draftShape = z.looseObject({
  wfaib: z.number().int().min(1).optional(),
  name: z.string().max(longestName).optional(),
  nodes: z.array(z.looseObject({ id: z.string().optional(), name: z.string().optional() })).optional(),
  connections: z.array(z.looseObject({ from: end.optional(), to: end.optional() })).optional(),
  settings: thing.optional(),
  notes: z.array(thing).optional(),
  groups: z.array(thing).optional(),
  meta: thing.optional(),
});

/** Most that is told of a body that is no workflow. */
const mostTold = 20;

/** @throws InvalidRequest naming the fields, where it is no workflow at all */
export function requireDraftShape(raw: unknown): void {
  const { error } = draftShape.safeParse(raw);
  if (error === undefined) return;
  const problems = error.issues
    .slice(0, mostTold)
    .map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  const [first] = problems;
  const place = first?.path ? `${first.path}: ` : '';
  throw new InvalidRequest(say`This is no workflow: ${{ place }}${{ reason: String(first?.message) }}.`, problems);
}

/** What the description of the API says of a workflow that is sent: the format of documents. */
export const documentBody: ApiBodyOptions = {
  description: 'A workflow document. A draft may have mistakes: they come back as its problems.',
  schema: withoutReferences(
    z.toJSONSchema(z.object(workflowDocument.shape), { target: 'openapi-3.0', io: 'input' }),
  ) as object,
};

/** Recursive parts (JSON of any kind) point at definitions that exist only in a schema of its own. */
function withoutReferences(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutReferences);
  if (typeof schema !== 'object' || schema === null) return schema;
  if ('$ref' in schema) return {};
  const entries = Object.entries(schema).filter(
    ([name]) => name !== '$schema' && name !== 'definitions' && name !== '$defs',
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, withoutReferences(value)]));
}
