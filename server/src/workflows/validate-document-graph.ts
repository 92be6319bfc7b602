import type { Problem } from '@wfaib/sdk/workflow-document';
import { say, tell, type Sentence } from '@wfaib/sdk/sentence';
import { limitedHints, type Hint } from '../nodes/did-you-mean.js';
import { findCycles } from '../plan/find-cycles.js';
import { inputPortsOf, outputPortsOf } from '../plan/ports.js';
import type { KnownNode } from './validate-document-nodes.js';
import type { Draft, DraftConnection } from './validate-document-draft.js';

/** What is wrong with the connections and with the graph they make. */
export function graphProblems(draft: Draft, known: ReadonlyMap<string, KnownNode>): Problem[] {
  const ids = new Set(draft.nodes.map((node) => node.id));
  const hint = limitedHints(ids);
  return [
    ...draft.connections.flatMap((each) => connectionProblems(each, ids, hint, known)),
    ...cycleProblems(draft),
    ...triggerProblems(draft, known),
  ];
}

function connectionProblems(
  connection: DraftConnection,
  ids: ReadonlySet<string>,
  hint: Hint,
  known: ReadonlyMap<string, KnownNode>,
): Problem[] {
  const { from, to } = connection;
  const field = `connections[${connection.index}]`;
  const missing = [from.node, to.node].filter((id) => !ids.has(id));
  if (missing.length > 0) return missing.map((id) => danglingEnd(connection, id, ids, hint));
  const source = known.get(from.node);
  const target = known.get(to.node);
  return [
    ...(source
      ? unknownPort(source, 'output', from.port, outputPortsOf(source.node, source.descriptor), `${field}.from`)
      : []),
    ...(target
      ? unknownPort(target, 'input', to.port, inputPortsOf(target.node, target.descriptor), `${field}.to`)
      : []),
  ];
}

function danglingEnd({ index, from, to }: DraftConnection, id: string, ids: ReadonlySet<string>, hint: Hint): Problem {
  const other = from.node === id ? to.node : from.node;
  const advice = hint(id) || say` Remove the connection, or add the node.`;
  return {
    severity: 'error',
    code: 'connection.dangling',
    ...(ids.has(other) ? { nodeId: other } : {}),
    field: `connections[${index}]`,
    ...tell(
      say`A connection from "${{ from: from.node }}" to "${{ to: to.node }}" misses the node "${{ id }}".${{ advice }}`,
    ),
  };
}

function unknownPort(
  { node, descriptor }: KnownNode,
  side: 'input' | 'output',
  port: string,
  ports: readonly string[],
  field: string,
): Problem[] {
  if (ports.includes(port)) return [];
  const { name } = node;
  const label = { text: descriptor.label };
  const isInput = side === 'input';
  const advice = isInput ? inputAdvice(ports) : port === 'error' ? errorPortAdvice : outputAdvice(ports);
  const fault = isInput
    ? say`"${{ name }}" (${{ label }}) has no input "${{ port }}".${{ advice }}`
    : say`"${{ name }}" (${{ label }}) has no output "${{ port }}".${{ advice }}`;
  return [{ severity: 'error', code: 'connection.portUnknown', nodeId: node.id, field, ...tell(fault) }];
}

const errorPortAdvice = say` Under Reliability, set "When it fails for good" to "Send the failed item to an error output", or remove the connection.`;
const inputAdvice = (ports: readonly string[]): Sentence =>
  ports.length === 0 ? say` It has no input.` : itHas(ports);
const outputAdvice = (ports: readonly string[]): Sentence =>
  ports.length === 0 ? say` It has no output.` : itHas(ports);
const itHas = (ports: readonly string[]): Sentence => say` It has: ${{ ports }}.`;

function cycleProblems(draft: Draft): Problem[] {
  const names = new Map(draft.nodes.map((node) => [node.id, node.name]));
  return findCycles(draft).map((ids) => ({
    severity: 'error',
    code: 'graph.cycle',
    nodeId: ids[0]!,
    ...tell(circle(ids.map((id) => `"${names.get(id)}"`))),
  }));
}

const circle = (nodes: string[]): Sentence =>
  say`These nodes form a circle without a Loop: ${{ nodes }}. Remove a connection, or lead it back through the port "next" of a Loop.`;

/** A node of an unknown type may be a trigger: nothing is said of it twice. */
function triggerProblems(draft: Draft, known: ReadonlyMap<string, KnownNode>): Problem[] {
  const triggers = draft.nodes.filter((node) => known.get(node.id)?.descriptor.isTrigger ?? true);
  if (triggers.some((node) => !node.disabled)) return [];
  const isOff = triggers.length > 0;
  const fault = isOff
    ? say`All triggers are disabled, so nothing starts this workflow.`
    : say`Nothing starts this workflow. Add a trigger, for example a Webhook or a Manual start.`;
  return [{ severity: isOff ? 'warning' : 'error', code: 'graph.noTrigger', ...tell(fault) }];
}
