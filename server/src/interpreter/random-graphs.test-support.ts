import * as fc from 'fast-check';
import type { GraphInput } from './graph.test-support.js';
import type { StepVisit } from './run-events.types.js';
import type { Outcome } from './simulate.test-support.js';

/** A graph that the validator accepts, with merges, nested and crossing loops and dead ends. */
export interface RandomGraph extends GraphInput {
  loops: string[];
}

const kinds = ['noop', 'noop', 'if', 'merge', 'loop', 'send'] as const;
const drawing = fc.record({
  kinds: fc.array(fc.constantFrom(...kinds), { minLength: 2, maxLength: 9 }),
  /** Connections as pairs of places; ports are picked by the third and fourth number. */
  wires: fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(1), fc.nat(3)), { minLength: 2, maxLength: 16 }),
});

/** Connections lead forward, but for those into `next` of a loop, which may come from anywhere. */
export const randomGraph: fc.Arbitrary<RandomGraph> = drawing.map(({ kinds: drawn, wires }) => {
  const types = ['manual', ...drawn];
  const nodes = Object.fromEntries(types.map((type, index) => [`n${index}`, nodeOf(type)]));
  const connections = types
    .slice(1)
    .map(
      (type, index) =>
        `n${Math.floor(index / 2)}:${outPort(types[Math.floor(index / 2)]!, index % 2)} -> n${index + 1}:${inPort(type, index)}`,
    );
  for (const [a, b, out, into] of wires) {
    const from = Math.min(a, types.length - 1);
    const to = Math.min(b, types.length - 1);
    const isBack = to <= from;
    if (to === 0 || (isBack && types[to] !== 'loop')) continue;
    const port = isBack ? 'next' : inPort(types[to]!, into);
    connections.push(`n${from}:${outPort(types[from]!, out)} -> n${to}:${port}`);
  }
  return { nodes, connections, loops: types.flatMap((type, index) => (type === 'loop' ? [`n${index}`] : [])) };
});

/** The same with merges that take the first arrival: here the order of completions may matter. */
export const racingGraph: fc.Arbitrary<RandomGraph> = randomGraph.map((graph) => ({
  ...graph,
  nodes: Object.fromEntries(
    Object.entries(graph.nodes).map(([id, node]) => [
      id,
      node === 'merge' ? { type: 'core.merge', parameters: { mode: 'first' } } : node,
    ]),
  ),
}));

function nodeOf(type: string): GraphInput['nodes'][string] {
  return type === 'send' ? { type: 'http.request' } : type;
}

function outPort(type: string, pick: number): string {
  if (type === 'if') return pick === 0 ? 'true' : 'false';
  if (type === 'loop') return pick === 0 ? 'loop' : 'done';
  return 'main';
}

function inPort(type: string, pick: number): string {
  if (type === 'merge') return pick % 2 === 0 ? 'in1' : 'in2';
  return type === 'loop' && pick === 3 ? 'next' : 'main';
}

/**
 * Outcomes that depend on the step alone, so that they are the same in every completion order: which ports get items,
 * and how often a loop goes round (up to twice).
 */
export function outcomesFor(graph: RandomGraph, seed: number): Record<string, (visit: StepVisit) => Outcome> {
  const outcome =
    (nodeId: string) =>
    (visit: StepVisit): Outcome => {
      const dice = mix(visit.key, seed);
      if (graph.loops.includes(nodeId)) return visit.visit < mix(visit.nodeId, seed) % 3 ? { loop: 1 } : { done: 1 };
      return { main: dice % 5 === 0 ? 0 : 1, true: dice % 3 === 0 ? 0 : 2, false: dice % 2 };
    };
  return Object.fromEntries(Object.keys(graph.nodes).map((nodeId) => [nodeId, outcome(nodeId)]));
}

/** A choice of what ends next that a number decides. */
export function chooserFor(seed: number): (count: number) => number {
  let turn = 0;
  return (count) => mix(`${turn++}`, seed) % count;
}

export function mix(text: string, seed: number): number {
  let hash = seed ^ 0x9e3779b9;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
