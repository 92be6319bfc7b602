import { itemInput } from '@wfaib/sdk/workflow-document';
import { z } from 'zod';
import { parseDuration } from '../../nodes/duration.js';

const jsonObject = z.record(z.string(), z.json());
const item = z.union([itemInput.strict(), jsonObject]);
/** One item or several; a plain object is the `json` of one. */
const items = z.union([z.array(item), item]);

const error = z.strictObject({
  code: z.string().min(1),
  message: z.string().optional(),
  status: z.number().int().optional(),
  details: z.json().optional(),
  retryable: z.boolean().optional(),
  retryAfterMs: z.number().min(0).optional(),
});

const perItem = z.union([z.strictObject({ items }), z.strictObject({ error })]);

/** What stands in for one call of a step: exactly one of the ways. */
const answer = z.union([
  /** What leaves by the first port. */
  z.strictObject({ items }),
  /** What leaves by which port. */
  z.strictObject({ outputs: z.record(z.string(), items) }),
  /** What each input item becomes: a template, or one entry for each input item. */
  z.strictObject({ each: z.union([z.array(perItem), jsonObject]) }),
  /** The step fails. */
  z.strictObject({ error }),
  /** A wait for a call ends with these items. */
  z.strictObject({ resume: items }),
  /** A wait for people ends so. */
  z.strictObject({
    decision: z.enum(['approve', 'reject']),
    comment: z.string().optional(),
    data: z.json().optional(),
    by: z.string().optional(),
  }),
  /** A person decides about the step that the run is paused at, as in `POST /api/runs/:id/resume`. */
  z.strictObject({ action: z.literal('retry') }),
  z.strictObject({ action: z.literal('skip'), with: z.enum(['input', 'nothing']).default('input') }),
  z.strictObject({ action: z.literal('use'), items }),
]);

/** One answer for every call of the step, or one for each call (visit and attempt) in order. */
const mock = z.union([z.array(answer).min(1), answer]);

const expectedStep = z.strictObject({
  visits: z.number().int().min(0).optional(),
  /** Tries of the visit that took most. */
  attempts: z.number().int().min(0).optional(),
  status: z.string().optional(),
  /** Code of its error, or a part of it. */
  error: z.union([z.string(), jsonObject]).optional(),
  /** What arrived, all ports and visits together. */
  input: items.optional(),
  /** What left, all ports and visits together. */
  items: items.optional(),
  outputs: z.record(z.string(), items).optional(),
});

const expectation = z.strictObject({
  /** @defaultValue "succeeded", or "failed" where an error is expected */
  status: z.enum(['succeeded', 'failed', 'cancelled', 'waiting', 'paused']).optional(),
  error: z.union([z.string(), jsonObject]).optional(),
  /** Items of the result. */
  result: items.optional(),
  reply: z
    .strictObject({
      status: z.number().int().optional(),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.json().optional(),
    })
    .optional(),
  ran: z.array(z.string()).optional(),
  notRun: z.array(z.string()).optional(),
  /** These nodes were begun one after the other, with whatever in between. */
  order: z.array(z.string()).optional(),
  steps: z.record(z.string(), expectedStep).optional(),
  /** Virtual time from start to end. */
  elapsed: z
    .string()
    .refine((text) => parseDuration(text) !== undefined, 'must be a duration, as in 30m')
    .optional(),
  /** Items and objects must be equal, not only hold what is given. */
  exact: z.boolean().default(false),
});

const steps = z.record(z.string(), mock);

const calledWorkflow = z.strictObject({
  /** Path of its document, from the folder of this file. */
  document: z.string().optional(),
  /** What stands in for its steps. */
  steps: steps.default({}),
});

const testCase = z.strictObject({
  name: z.string().min(1),
  /** Name or id of the node to start at. @defaultValue the only trigger, else the manual one */
  startAt: z.string().optional(),
  stopAt: z.string().optional(),
  input: items.optional(),
  /** When the run begins. @defaultValue that of the file */
  now: z.iso.datetime({ offset: true }).optional(),
  steps: steps.default({}),
  /** What `$vars` is. @defaultValue that of the file */
  variables: jsonObject.optional(),
  expect: expectation.default({ exact: false }),
});

/** A test of a workflow document, as it stands beside it. */
export const testFile = z.strictObject({
  /** Path of the document, from the folder of this file. @defaultValue this file's name without `.test` */
  document: z.string().optional(),
  /** When the runs begin. @defaultValue 2026-01-01T00:00:00Z */
  now: z.iso.datetime({ offset: true }).default('2026-01-01T00:00:00Z'),
  /** Stand-ins of all cases; a case may have its own for the same node. */
  steps: steps.default({}),
  /** What `$vars` is in all cases. */
  variables: jsonObject.default({}),
  /** Workflows that steps call, by their id; a document that stands in the step itself, by its name. */
  called: z.record(z.string(), calledWorkflow).default({}),
  /** Least coverage in per cent. @defaultValue that of the command line, else none */
  minCoverage: z.number().min(0).max(100).optional(),
  cases: z.array(testCase).min(1),
});

export type TestFile = z.output<typeof testFile>;
export type TestFileInput = z.input<typeof testFile>;
export type TestCase = TestFile['cases'][number];
export type Mock = z.output<typeof mock>;
export type Answer = z.output<typeof answer>;
export type Expectation = z.output<typeof expectation>;
export type ExpectedStep = z.output<typeof expectedStep>;
export type WrittenItems = z.output<typeof items>;
export type MockError = z.output<typeof error>;
