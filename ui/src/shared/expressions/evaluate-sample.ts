import { evaluateTemplate } from '@wfaib/sdk/expressions/evaluate';
import type { ExpressionScope, NodeView } from '@wfaib/sdk/expressions/scope.types';
import type { ExpressionSample } from './sample-context.js';

export type PreviewReply = { ok: true; value: unknown } | { ok: false; message: string };

/** Evaluates a template on sample data, with the evaluator the server uses. */
export function evaluateSample(template: string, sample: ExpressionSample, now = Date.now()): PreviewReply {
  try {
    return { ok: true, value: evaluateTemplate(template, scopeOf(sample, now)) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

function scopeOf(sample: ExpressionSample, now: number): ExpressionScope {
  const item = sample.items[sample.itemIndex] ?? sample.items[0];
  return {
    json: item?.json ?? {},
    item,
    itemIndex: (sample.offset ?? 0) + sample.itemIndex,
    input: { items: sample.items },
    node: (name) => nodeView(sample, name),
    now,
    timezone: sample.timezone,
    vars: {},
    run: sample.run,
    workflow: sample.workflow,
  };
}

/** Only part of an earlier step's items is here, so `.item` is found by position: near enough for a preview. */
function nodeView(sample: ExpressionSample, name: string): NodeView | undefined {
  const node = Object.hasOwn(sample.nodes, name) ? sample.nodes[name] : undefined;
  if (!node) return undefined;
  return {
    isExecuted: node.isExecuted,
    items: () => node.items,
    item: () => {
      const item = node.items[sample.itemIndex] ?? node.items[0];
      if (!item) throw new Error(`“${name}” has no items to look at yet.`);
      return item;
    },
  };
}
