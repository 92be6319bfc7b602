import * as fc from 'fast-check';
import type { JsonObject } from '@wfaib/sdk/items';
import { workflowDocument, type WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { aDocument } from '../../interpreter/graph.test-support.js';
import { randomGraph, type RandomGraph } from '../../interpreter/random-graphs.test-support.js';
import { sent, type ConformanceCase } from './conformance-case.test-support.js';

const items: JsonObject[] = [{ n: 1 }, { n: 2 }];
/** The number of an item, whether it was sent or not. */
const n = '$json.sent ?? $json.n';
const parameters: Record<string, JsonObject> = {
  'core.if': { condition: `={{ (${n}) % 2 === 0 }}` },
  'test.send': { value: `={{ ${n} }}` },
};

/** The same graph with nodes that do something. */
function documentOf(graph: RandomGraph): WorkflowDocument {
  const document = aDocument(graph);
  const nodes = document.nodes.map(({ type: drawn, ...node }) => {
    const type = drawn === 'http.request' ? 'test.send' : drawn;
    return { ...node, type, parameters: { ...node.parameters, ...parameters[type] } };
  });
  return workflowDocument.parse({ ...document, nodes });
}

const sizeOf = ({ nodes, connections }: RandomGraph): number => Object.keys(nodes).length + connections.length;

/** Graphs nobody thought of. The numbers are seeds: a new one is a new graph. */
export const randomCases: ConformanceCase[] = [11, 23, 37, 58].map((seed) => ({
  name: `a graph drawn at random, number ${seed}`,
  document: documentOf(fc.sample(randomGraph, { seed, numRuns: 40 }).toSorted((a, b) => sizeOf(b) - sizeOf(a))[0]!),
  items,
  answer: sent,
  status: 'succeeded',
  isNumberedByTime: true,
}));
