/** One way a workflow can look, and what it does to the outside for each event. */
export interface Shape {
  name: string;
  /** How events get in: `webhook` answers when the run is over, `accepted` at once, `api` over `POST /api/runs`. */
  entry: 'webhook' | 'accepted' | 'api';
  /** Whether the same event sent twice is one run. Without it each delivery is an event of its own. */
  dedupes: boolean;
  /** Effects of one event, each once. */
  effects: string[];
  document(receiverUrl: string): Document;
}

/** A workflow document, as far as it matters here. */
export interface Document {
  nodes: Node[];
  [more: string]: unknown;
}

interface Node {
  id: string;
  type: string;
  parameters?: Record<string, unknown>;
  retry?: Record<string, unknown>;
}

/** How long the slow receiver takes, in milliseconds: long enough to be met in mid-call. */
export const slowMs = 1_500;
const rounds = 4;

const event = "$('Event').first().json.event";

/** Sends an effect: who, which, and in which run. */
function effect(url: string, name: string, { slow = false, of = event, round = '' } = {}): Node {
  return {
    id: name,
    type: 'http.request',
    parameters: {
      method: 'POST',
      url: `${url}/effect${slow ? `?delay=${slowMs}` : ''}`,
      body: { event: `={{ ${of} }}`, effect: `=${name}${round}`, run: '={{ $run.id }}' },
    },
  };
}

function hook(path: string, respond: string, dedupes: boolean): Node {
  return {
    id: 'hook',
    type: 'core.webhook',
    parameters: { path, respond, ...(dedupes ? { dedupeBy: '={{ $json.body.event }}' } : {}) },
  };
}

const take: Node = {
  id: 'Event',
  type: 'core.set',
  parameters: { fields: { event: '={{ $json.body.event }}' }, keep: 'none' },
};
const reply: Node = { id: 'reply', type: 'core.respond', parameters: { body: '={{ { done: true } }}' } };
const code = (id: string, text: string): Node => ({ id, type: 'core.code', parameters: { code: text } });

function document(name: string, durability: string, nodes: Node[], edges: string[]): Document {
  return {
    wfaib: 1,
    name,
    nodes: nodes.map((node) => ({ name: node.id, ...node })),
    connections: edges.map((edge) => {
      const [from, to] = edge.split(' > ').map((end) => end.split(':'));
      return {
        from: { node: from![0]!, port: from![1] ?? 'main' },
        to: { node: to![0]!, port: to![1] ?? 'main' },
      };
    }),
    settings: { durability },
  };
}

const chain = (nodes: Node[]): string[] => nodes.slice(1).map((node, index) => `${nodes[index]!.id} > ${node.id}`);

function line(shape: Omit<Shape, 'document'> & { durability: string; steps: (url: string) => Node[] }): Shape {
  const { durability, steps, ...rest } = shape;
  return {
    ...rest,
    document: (url) => {
      const respond = rest.entry === 'webhook' ? 'respondNode' : 'immediately';
      const nodes = [hook(rest.name, respond, rest.dedupes), take, ...steps(url)];
      return document(rest.name, durability, nodes, chain(nodes));
    },
  };
}

const items = code('items', 'return items');

const parallel: Shape = {
  name: 'parallel',
  entry: 'accepted',
  dedupes: true,
  effects: ['left', 'right', 'joined'],
  document: (url) =>
    document(
      'parallel',
      'standard',
      [
        hook('parallel', 'immediately', true),
        take,
        items,
        effect(url, 'left'),
        effect(url, 'right', { slow: true }),
        { id: 'join', type: 'core.merge' },
        // The branches come together as two items; one effect is enough.
        { id: 'once', type: 'core.limit' },
        effect(url, 'joined'),
      ],
      [
        'hook > Event',
        'Event > items',
        'items > left',
        'Event > right',
        'left > join:in1',
        'right > join:in2',
        'join > once',
        'once > joined',
      ],
    ),
};

const loop: Shape = {
  name: 'loop',
  entry: 'api',
  dedupes: true,
  effects: [...Array.from({ length: rounds }, (_, round) => `round${round}`), 'after'],
  document: (url) =>
    document(
      'loop',
      'auto',
      [
        { id: 'start', type: 'core.manual' },
        {
          id: 'Event',
          type: 'core.set',
          parameters: {
            fields: {
              event: '={{ $json.event }}',
              rounds: Array.from({ length: rounds }, (_, round) => round),
            },
          },
        },
        { id: 'each', type: 'core.split', parameters: { field: 'rounds', into: 'round' } },
        { id: 'again', type: 'core.loop' },
        effect(url, 'round', { round: '{{ $json.round }}' }),
        { id: 'one', type: 'core.limit' },
        effect(url, 'after'),
      ],
      [
        'start > Event',
        'Event > each',
        'each > again',
        'again:loop > round',
        'round > again:next',
        'again:done > one',
        'one > after',
      ],
    ),
};

/** The workflows every fault is tried on. */
export const shapes: Shape[] = [
  // The one that waits goes first, so that it is waiting when the fault comes.
  line({
    name: 'wait',
    entry: 'accepted',
    dedupes: true,
    durability: 'auto',
    effects: ['before', 'after'],
    steps: (url) => [
      effect(url, 'before'),
      { id: 'pause', type: 'core.wait', parameters: { for: '20s' } },
      effect(url, 'after'),
    ],
  }),
  line({
    name: 'express',
    entry: 'webhook',
    dedupes: true,
    durability: 'auto',
    effects: ['sent'],
    steps: (url) => [items, effect(url, 'sent', { slow: true }), reply],
  }),
  line({
    name: 'plain',
    entry: 'webhook',
    dedupes: false,
    durability: 'express',
    effects: ['first', 'second'],
    steps: (url) => [effect(url, 'first'), effect(url, 'second'), reply],
  }),
  line({
    name: 'code',
    entry: 'webhook',
    dedupes: true,
    durability: 'auto',
    effects: ['counted'],
    steps: (url) => [
      code('busy', 'const end = Date.now() + 900; while (Date.now() < end); return items'),
      effect(url, 'counted'),
      reply,
    ],
  }),
  parallel,
  line({
    name: 'calls',
    entry: 'accepted',
    dedupes: true,
    durability: 'auto',
    effects: ['called0', 'called1', 'called2', 'after'],
    steps: (url) => [
      code('three', 'return [0, 1, 2].map((part) => ({ json: { event: items[0].json.event, part } }))'),
      {
        id: 'call',
        type: 'core.call',
        parameters: {
          mode: 'eachItem',
          concurrency: 2,
          document: document(
            'called',
            'auto',
            [
              { id: 'in', type: 'core.called' },
              effect(url, 'called', { slow: true, of: '$json.event', round: '{{ $json.part }}' }),
            ],
            ['in > called'],
          ),
        },
      },
      { id: 'one', type: 'core.limit' },
      effect(url, 'after'),
    ],
  }),
  line({
    name: 'strict',
    entry: 'accepted',
    dedupes: true,
    durability: 'strict',
    effects: ['first', 'second'],
    steps: (url) => [effect(url, 'first', { slow: true }), items, effect(url, 'second')],
  }),
  line({
    name: 'queue',
    entry: 'accepted',
    dedupes: true,
    durability: 'queue',
    effects: ['first', 'second'],
    steps: (url) => [effect(url, 'first', { slow: true }), items, effect(url, 'second')],
  }),
  loop,
];
