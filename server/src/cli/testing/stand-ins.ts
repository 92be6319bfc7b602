import type { ItemInput } from '@wfaib/sdk/items';
import type { StepChoice, WaitEnd } from '../../engine/rehearsal/rehearsal.types.js';
import { StepFailure, type NodeContext, type NodeResult, type OutputItem } from '../../nodes/core-node.types.js';
import { madeFrom } from '../../nodes/lineage.js';
import { runPerItem } from '../../nodes/per-item.js';
import type { PlanNode } from '../../plan/plan.types.js';
import type { Answer, Mock, MockError } from './test-file.schema.js';
import { AnswersUsedUp, AnswerUnfit } from './testing.errors.js';
import { readItems } from './written-items.js';

type EachAnswer = Extract<Answer, { each: unknown }>['each'];

/** What stands in for steps during one case, and how far each list of answers was used. */
export class StandIns {
  private readonly used = new Map<string, number>();

  /** @param mocks by name or id of the node */
  constructor(private readonly mocks: Readonly<Record<string, Mock>>) {}

  /** @throws AnswersUsedUp, AnswerUnfit at once; the mocked failure of the step comes with the promise */
  workFor(node: PlanNode, context: NodeContext): Promise<NodeResult> | undefined {
    const mock = this.mockOf(node);
    const next = mock && this.peek(node, mock);
    if (mock === undefined || isDecision(next) || endsWait(next)) return undefined;
    const answer = this.take(node, mock);
    if ('error' in answer) return Promise.reject(new StepFailure(errorOf(answer.error)));
    if ('each' in answer) return eachItem(context, checkedEach(node, answer.each, context));
    const outputs = 'outputs' in answer ? answer.outputs : { [node.outputs[0] ?? 'main']: itemsOf(answer) };
    return Promise.resolve({ outputs: paired(node, context, outputs) });
  }

  /** @returns undefined where the test says nothing about this wait */
  endOf(node: PlanNode, now: number): WaitEnd | undefined {
    const mock = this.mockOf(node);
    if (mock === undefined || !endsWait(this.peek(node, mock))) return undefined;
    const answer = this.take(node, mock);
    if ('resume' in answer) return { by: 'resume', items: readItems(answer.resume) };
    if (!('decision' in answer)) return undefined;
    const { comment = null, data = null, by = 'somebody@example.test' } = answer;
    const decision = answer.decision === 'approve' ? 'approved' : 'rejected';
    return { by: 'decision', decision, approval: { decision, comment, data, by, at: new Date(now).toISOString() } };
  }

  /** @returns undefined where the test decides nothing about a failure of this step */
  choiceOf(node: PlanNode): StepChoice | undefined {
    const mock = this.mockOf(node);
    if (mock === undefined || !isDecision(this.peek(node, mock))) return undefined;
    const answer = this.take(node, mock);
    if (!isDecision(answer)) return undefined;
    return answer.action === 'use' ? { action: 'use', items: readItems(answer.items) } : answer;
  }

  private mockOf(node: PlanNode): Mock | undefined {
    return this.mocks[node.name] ?? this.mocks[node.id];
  }

  private peek(node: PlanNode, mock: Mock): Answer | undefined {
    return Array.isArray(mock) ? mock[this.used.get(node.id) ?? 0] : mock;
  }

  private take(node: PlanNode, mock: Mock): Answer {
    const answer = this.peek(node, mock);
    if (answer === undefined) throw new AnswersUsedUp(node.name, Array.isArray(mock) ? mock.length : 1);
    this.used.set(node.id, (this.used.get(node.id) ?? 0) + 1);
    return answer;
  }
}

function endsWait(answer: Answer | undefined): boolean {
  return answer !== undefined && ('resume' in answer || 'decision' in answer);
}

function isDecision(answer: Answer | undefined): answer is Extract<Answer, { action: unknown }> {
  return answer !== undefined && 'action' in answer;
}

function itemsOf(answer: Answer): ItemInput[] {
  return 'items' in answer ? readItems(answer.items) : [];
}

function errorOf(error: MockError) {
  const { code, message = `The test lets this step fail with ${code}.`, status, details, ...rest } = error;
  const { retryable, retryAfterMs } = rest;
  return {
    code,
    message,
    ...(status === undefined ? {} : { status }),
    ...(details === undefined ? {} : { details }),
    ...(retryable === undefined ? {} : { retryable }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** Equal counts pair by position, one input pairs with all: as code without `pairedItem`. */
function paired(
  node: PlanNode,
  context: NodeContext,
  outputs: Extract<Answer, { outputs: unknown }>['outputs'],
): Record<string, OutputItem[]> {
  const port = node.inputs.find((name) => context.items(name).length > 0) ?? 'main';
  const count = context.items(port).length;
  const made: Record<string, OutputItem[]> = {};
  for (const [output, written] of Object.entries(outputs)) {
    if (!node.outputs.includes(output)) throw new AnswerUnfit(noPort(node, output));
    const items = readItems(written);
    const sourceOf = (index: number) => {
      if (count === 1) return madeFrom(context, 0, port);
      return count === items.length ? madeFrom(context, index, port) : [];
    };
    made[output] = items.map((item, index) => ({ ...item, source: sourceOf(index) }));
  }
  return made;
}

function noPort(node: PlanNode, port: string): string {
  return `"${node.name}" has no output port "${port}"; it has ${node.outputs.map((name) => `"${name}"`).join(', ')}.`;
}

function checkedEach(node: PlanNode, each: EachAnswer, context: NodeContext): EachAnswer {
  const count = context.items().length;
  if (!Array.isArray(each) || each.length === count) return each;
  throw new AnswerUnfit(
    `"${node.name}" got ${count} items, and the test has ${each.length} answers for them under "each".`,
  );
}

function eachItem(context: NodeContext, each: EachAnswer): Promise<NodeResult> {
  return runPerItem(context, {}, (_, index) => {
    const source = madeFrom(context, index);
    if (!Array.isArray(each)) return [{ json: context.evaluate(each, index) as ItemInput['json'], source }];
    const answer = each[index]!;
    if ('error' in answer) throw new StepFailure(errorOf(answer.error));
    return readItems(answer.items).map((item) => ({ ...item, source }));
  });
}
