import type { Item, JsonObject } from '../items.js';
import { ambiguousItem } from './expression.errors.js';
import type { ExpressionScope, NodeView } from './scope.types.js';

export const anItem = (json: JsonObject): Item => ({ json, source: [] });

/** A scope with one item and the steps "First" (has run), "Many" (ambiguous) and "Later" (has not run). */
export function aScope(json: JsonObject = {}, more: Partial<ExpressionScope> = {}): ExpressionScope {
  const item = anItem(json);
  const steps: Record<string, NodeView> = {
    First: { isExecuted: true, items: () => [anItem({ n: 1 }), anItem({ n: 2 })], item: () => anItem({ n: 1 }) },
    Many: {
      isExecuted: true,
      items: () => [anItem({ n: 1 }), anItem({ n: 2 })],
      item: () => {
        throw ambiguousItem('Two items of "Many" led to this one');
      },
    },
    Later: { isExecuted: false, items: () => [], item: () => anItem({}) },
  };
  return {
    json,
    item,
    itemIndex: 0,
    input: { items: [item, anItem({ second: true })] },
    node: (name) => (Object.hasOwn(steps, name) ? steps[name] : undefined),
    now: Date.UTC(2026, 0, 31, 9, 30),
    timezone: 'Europe/Zurich',
    vars: { region: 'eu' },
    run: {
      id: 'run-1',
      startedAt: '2026-01-31T10:30:00.000+01:00',
      resumeUrl: 'http://localhost/resume/x',
      mode: 'test',
    },
    workflow: { id: 'wf-1', name: 'Orders' },
    ...more,
  };
}
