import { rehearse } from '../../engine/rehearsal/rehearsal.service.js';
import type { Rehearsed, RehearsalRequest, RunInput } from '../../engine/rehearsal/rehearsal.types.js';
import type { ChildCall } from '../../nodes/core/call.node.js';
import { compilePlan, type DescribeNode } from '../../plan/compile-plan.js';
import type { CompiledPlan, PlanNode } from '../../plan/plan.types.js';
import type { JsonObject } from '@wfaib/sdk/items';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { CoverageTally, type Coverage } from './coverage.js';
import { failuresOf, Outcome, type Failure } from './expectations.js';
import { journalLines } from './journal-lines.js';
import { StandIns } from './stand-ins.js';
import type { TestCase, TestFile } from './test-file.schema.js';
import { TestFileWrong } from './testing.errors.js';
import { readItems } from './written-items.js';

export interface CaseResult {
  name: string;
  ok: boolean;
  durationMs: number;
  failures: Failure[];
  /** Why the case could not be played to its end. */
  problem?: { code: string; message: string };
  journal: string[];
}

export interface TestResult {
  ok: boolean;
  cases: CaseResult[];
  coverage: Coverage;
}

/** A checked document that a step calls, and the name under which the test speaks of it. */
export interface CalledSubject {
  key: string;
  document: WorkflowDocument;
  describe: DescribeNode;
}

/** A checked document, and how to find out about its nodes. */
export interface Subject {
  document: WorkflowDocument;
  describe: DescribeNode;
  runCode?: RehearsalRequest['runCode'];
  /** Finds a document that a step calls. @defaultValue none */
  called?(call: ChildCall): CalledSubject | undefined;
}

/**
 * Plays all cases of a test against a document. Needs no server, no database and no file.
 * @throws TestFileWrong where the test names nodes that the document does not have
 */
export async function runTestFile(test: TestFile, subject: Subject): Promise<TestResult> {
  const plan = compilePlan(subject.document, subject.describe);
  checkNames(test, plan);
  const tally = new CoverageTally(plan);
  const cases: CaseResult[] = [];
  for (const each of test.cases) cases.push(await runCase(test, each, subject, plan, tally));
  return { ok: cases.every(({ ok }) => ok), cases, coverage: tally.coverage };
}

async function runCase(
  test: TestFile,
  testCase: TestCase,
  subject: Subject,
  plan: CompiledPlan,
  tally: CoverageTally,
): Promise<CaseResult> {
  const from = performance.now();
  const told = (result: Pick<CaseResult, 'failures' | 'problem' | 'journal'>): CaseResult => ({
    name: testCase.name,
    ok: result.failures.length === 0 && result.problem === undefined,
    durationMs: Math.round((performance.now() - from) * 10) / 10,
    ...result,
  });
  try {
    const run = await play(test, testCase, subject, plan);
    tally.add(run);
    const failures = failuresOf(testCase.expect, new Outcome(run, plan));
    const nameOf = (nodeId: string) => plan.nodes[plan.indexById.get(nodeId)!]!.name;
    return told({ failures, journal: journalLines(run.events, nameOf) });
  } catch (error) {
    const { code = 'test.broken', message } = error as Error & { code?: string };
    return told({ failures: [], problem: { code, message }, journal: [] });
  }
}

function play(test: TestFile, testCase: TestCase, subject: Subject, plan: CompiledPlan): Promise<Rehearsed> {
  const standIns = new StandIns({ ...test.steps, ...testCase.steps });
  const startedAt = Date.parse(testCase.now ?? test.now);
  const { startAt, stopAt } = testCase;
  const start = startAt === undefined ? onlyTrigger(plan) : nodeNamed(plan, startAt);
  const input = inputOf(testCase, start);
  const inCalled = new Map<string, StandIns>();
  return rehearse({
    document: subject.document,
    describe: subject.describe,
    startedAt,
    ...(start === undefined ? {} : { startAt: start.id }),
    ...(stopAt === undefined ? {} : { stopAt: nodeNamed(plan, stopAt)!.id }),
    ...(input === undefined ? {} : { input }),
    ...(subject.runCode ? { runCode: subject.runCode } : {}),
    variables: (testCase.variables ?? test.variables) as JsonObject,
    ...standInWith(standIns),
    called: (call) => {
      const found = subject.called?.(call);
      if (!found) return undefined;
      const { key, document, describe } = found;
      const own = inCalled.get(key) ?? new StandIns(test.called[key]?.steps ?? {});
      inCalled.set(key, own);
      return { document, describe, ...standInWith(own) };
    },
  });
}

function standInWith(standIns: StandIns): Pick<RehearsalRequest, 'standIn' | 'endWait' | 'endPause'> {
  return {
    standIn: ({ node, context }) => standIns.workFor(node, context),
    endWait: (node, { now }) => standIns.endOf(node, now),
    endPause: (node) => standIns.choiceOf(node),
  };
}

/** A webhook is called with what the case says, and with nothing in the rest of the request. */
function inputOf({ input }: TestCase, start: PlanNode | undefined): RunInput | undefined {
  if (start?.type !== 'core.webhook') return input;
  const { method, path } = start.node.parameters;
  const request = {
    body: {},
    headers: {},
    query: {},
    params: {},
    method: typeof method === 'string' && method !== 'ANY' ? method : 'POST',
    path: typeof path === 'string' ? path : '',
  };
  return readItems(input ?? {}).map((item) => ({ ...item, json: { ...request, ...item.json } }));
}

function onlyTrigger(plan: CompiledPlan): PlanNode | undefined {
  const triggers = plan.nodes.filter(({ isTrigger, disabled }) => isTrigger && !disabled);
  return triggers.length === 1 ? triggers[0] : undefined;
}

function nodeNamed(plan: CompiledPlan, name: string): PlanNode | undefined {
  return plan.nodes.find((node) => node.name === name) ?? plan.nodes.find((node) => node.id === name);
}

function checkNames(test: TestFile, plan: CompiledPlan): void {
  const check = (name: string | undefined, where: string): void => {
    if (name === undefined || nodeNamed(plan, name)) return;
    const known = plan.nodes.map((node) => `"${node.name}"`).join(', ');
    throw new TestFileWrong(`${where} names the node "${name}", which the document does not have. It has ${known}.`);
  };
  for (const name of Object.keys(test.steps)) check(name, 'steps');
  for (const { name, startAt, stopAt, steps, expect } of test.cases) {
    const where = `Case "${name}"`;
    check(startAt, where);
    check(stopAt, where);
    const { ran = [], notRun = [], order = [] } = expect;
    for (const node of [...Object.keys(steps), ...Object.keys(expect.steps ?? {}), ...ran, ...notRun, ...order])
      check(node, where);
  }
}
