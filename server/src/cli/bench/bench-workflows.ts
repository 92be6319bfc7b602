import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';

type Node = WorkflowDocument['nodes'][number];
type Durability = WorkflowDocument['settings']['durability'];

const webhook = (path: string): Partial<Node> => ({
  type: 'core.webhook',
  parameters: { path, method: 'POST', respond: 'respondNode' },
});
const respond = (body: string): Partial<Node> => ({ type: 'core.respond', parameters: { body } });
const set = (fields: Record<string, string>): Partial<Node> => ({ type: 'core.set', parameters: { fields } });
const code = (mode: 'all' | 'each', text: string): Partial<Node> => ({
  type: 'core.code',
  parameters: { mode, code: text },
});

/** Steps in a line, each named after its number. */
function chain(name: string, durability: Durability, steps: Partial<Node>[]): unknown {
  return {
    wfaib: 1,
    name,
    nodes: steps.map((step, index) => ({
      id: `n${index}`,
      name: `Step ${index}`,
      position: [index * 240, 0],
      ...step,
    })),
    connections: steps.slice(1).map((_, index) => ({ from: { node: `n${index}` }, to: { node: `n${index + 1}` } })),
    settings: { durability },
  };
}

/** A workflow to be measured: webhook first, answer last. */
export interface BenchWorkflow {
  path: string;
  document: unknown;
}

/** The workloads n8n was measured with, and those of its own kind. `path` is the webhook; `tag` keeps paths apart. */
export const benchWorkflows = {
  /** Webhook, one trivial step, answer. */
  reply: (tag: string, durability: Durability = 'auto'): BenchWorkflow =>
    at(`${tag}-reply-${durability}`, (path) =>
      chain(`Bench ${path}`, durability, [
        webhook(path),
        set({ total: '={{ $json.body.qty * $json.body.price }}' }),
        respond('={{ { total: $json.total } }}'),
      ]),
    ),
  /** Webhook, code that makes 100 items, answer. */
  code: (tag: string): BenchWorkflow =>
    at(`${tag}-code`, (path) =>
      chain(`Bench ${path}`, 'auto', [
        webhook(path),
        code('all', 'return Array.from({ length: 100 }, (_, i) => ({ id: i, name: `Item ${i}`, price: i * 1.5 }));'),
        respond('={{ { count: $input.all().length } }}'),
      ]),
    ),
  /** Webhook, one code step on 1 KB, answer: the round trip to the sandbox. */
  codeOnce: (tag: string): BenchWorkflow =>
    at(`${tag}-code-once`, (path) =>
      chain(`Bench ${path}`, 'auto', [
        webhook(path),
        code('all', 'return items.map(({ json }) => ({ json: { size: JSON.stringify(json.body).length } }));'),
        respond('={{ { size: $json.size } }}'),
      ]),
    ),
  /** Webhook, code that makes the items, then nothing, Set, code for all or code for each. */
  items: (tag: string, count: number, then: 'nothing' | 'set' | 'code all' | 'code each'): BenchWorkflow =>
    at(`${tag}-items-${count}-${then.replace(' ', '-')}`, (path) => {
      const make = `return Array.from({ length: ${count} }, (_, i) => ({ id: i, name: 'Item ' + i, price: i * 1.5 }));`;
      const steps = {
        nothing: [],
        set: [set({ total: '={{ $json.price * 1.2 }}' })],
        'code all': [code('all', 'return items.map(({ json }) => ({ json: { ...json, total: json.price * 1.2 } }));')],
        'code each': [code('each', 'return { ...$json, total: $json.price * 1.2 };')],
      }[then];
      return chain(`Bench ${path}`, 'auto', [webhook(path), code('all', make), ...steps, respond('done')]);
    }),
  /** Webhook, `steps` Sets with one expression each, answer. */
  sets: (tag: string, steps: number, durability: Durability = 'auto'): BenchWorkflow =>
    at(`${tag}-sets-${steps}-${durability}`, (path) =>
      chain(`Bench ${path}`, durability, [
        webhook(path),
        ...Array.from({ length: steps }, () => set({ n: '={{ ($json.n ?? 0) + 1 }}' })),
        respond('={{ { n: $json.n } }}'),
      ]),
    ),
  /** Webhook, `branches` Sets side by side, a merge, answer. */
  branches: (tag: string, branches: number): BenchWorkflow =>
    at(`${tag}-branches-${branches}`, (path) => {
      const sides = Array.from({ length: branches }, (_, index) => ({
        ...set({ n: `={{ ${index} }}` }),
        id: `b${index}`,
        name: `Branch ${index}`,
      }));
      return {
        wfaib: 1,
        name: `Bench ${path}`,
        nodes: [
          { ...webhook(path), id: 'hook', name: 'Hook' },
          ...sides,
          { id: 'join', name: 'Join', type: 'core.merge' },
          { ...respond('={{ { count: $input.all().length } }}'), id: 'reply', name: 'Reply' },
        ],
        connections: [
          ...sides.flatMap(({ id }) => [
            { from: { node: 'hook' }, to: { node: id } },
            { from: { node: id }, to: { node: 'join', port: 'in1' } },
          ]),
          { from: { node: 'join' }, to: { node: 'reply' } },
        ],
        settings: {},
      };
    }),
};

function at(path: string, document: (path: string) => unknown): BenchWorkflow {
  return { path, document: document(path) };
}

/** What every call of a workload sends: about 100 bytes, as an order has them. */
export const benchBody = JSON.stringify({ qty: 3, price: 2.5, customer: 'ACME Ltd', note: 'as agreed on the phone' });
