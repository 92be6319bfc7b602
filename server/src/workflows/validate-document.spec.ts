import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { problemCodes, type Problem } from '@wfaib/sdk/workflow-document';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coreDescriptor } from '../nodes/core-descriptor.js';
import { describeCoreNode } from '../nodes/core-nodes.js';
import { validateDocument } from './validate-document.js';

const service: NodeDescriptor = coreDescriptor({
  type: 'test.send',
  label: 'Send',
  description: '',
  icon: 'send',
  category: 'service',
  fields: { to: { kind: 'text', label: 'To', required: true } },
  credentials: [{ slot: 'auth', label: 'Account', kinds: ['bearer'], required: true }],
});

const describeNode = (type: string, version?: number): NodeDescriptor | undefined =>
  type === 'test.send' ? service : describeCoreNode(type, version);

type Node = Record<string, unknown>;

const start = { id: 'start', name: 'Start', type: 'core.manual' };
const set = (more: Node = {}): Node => ({ id: 'set', name: 'Set', type: 'core.set', ...more });

function line(from: string, to: string, fromPort = 'main', toPort = 'main') {
  return { from: { node: from, port: fromPort }, to: { node: to, port: toPort } };
}

/** A document of a trigger, and what matters. */
function documentOf(nodes: Node[], connections: unknown[] = [], more: Node = {}): Node {
  return { wfaib: 1, name: 'Test', nodes: [start, ...nodes], connections, ...more };
}

function problemsOf(...call: Parameters<typeof documentOf>): Problem[] {
  return validateDocument(documentOf(...call), describeNode).problems;
}

/** Most documents here connect nothing: that is told in its own place below. */
function told(...call: Parameters<typeof documentOf>): string[] {
  return problemsOf(...call)
    .filter(({ code }) => code !== 'graph.unreached')
    .map(({ severity, code, nodeId, field }) => `${severity} ${code} ${nodeId ?? '-'} ${field ?? '-'}`);
}

describe('a document without problems', () => {
  it('comes back with all defaults filled in', () => {
    const raw = documentOf(
      [set({ parameters: { fields: { a: '={{ $("Start").item.json.x }}' } } })],
      [{ from: { node: 'start' }, to: { node: 'set' } }],
    );
    const { document, problems } = validateDocument(raw, describeNode);
    expect(problems).toEqual([]);
    expect(document?.connections[0]).toEqual(line('start', 'set'));
    expect(document?.settings).toEqual({ timezone: 'UTC', durability: 'auto', branches: 'parallel', saveData: 'all' });
    expect(document?.nodes[1]?.onError).toBe('stop');
  });

  it('is the one of the contract', () => {
    const raw = {
      wfaib: 1,
      name: 'Order intake',
      nodes: [
        {
          id: 'hook',
          name: 'Order received',
          type: 'core.webhook',
          typeVersion: 1,
          position: [0, 0],
          parameters: { path: 'orders', method: 'POST', respond: 'respondNode' },
        },
        {
          id: 'total',
          name: 'Total',
          type: 'core.set',
          typeVersion: 1,
          position: [240, 0],
          parameters: { fields: { total: '={{ $json.body.qty * $json.body.price }}' }, keep: 'none' },
        },
        {
          id: 'reply',
          name: 'Reply',
          type: 'core.respond',
          typeVersion: 1,
          position: [480, 0],
          parameters: { status: 200, body: '={{ { total: $json.total } }}' },
        },
      ],
      connections: [line('hook', 'total'), line('total', 'reply')],
      settings: { timezone: 'UTC', durability: 'auto' },
    };
    expect(validateDocument(raw, describeNode)).toMatchObject({ problems: [], document: { name: 'Order intake' } });
  });
});

describe('problems of nodes', () => {
  it('node.typeUnknown: the type is not installed, and the one that was meant is offered', () => {
    const [problem] = problemsOf([set({ type: 'core.sett' })]);
    expect(problem).toMatchObject({ severity: 'error', code: 'node.typeUnknown', nodeId: 'set', field: 'type' });
    expect(problem?.message).toContain('Did you mean "core.set"?');
  });

  it('node.typeUnknown: the version is not there', () => {
    expect(told([set({ typeVersion: 7 })])).toEqual(['error node.typeUnknown set typeVersion']);
  });

  it('node.fieldUnknown: a node has a field that means nothing', () => {
    expect(told([set({ onEror: 'continue' })])).toEqual(['error node.fieldUnknown set onEror']);
    expect(told([set({ retry: { maxTries: 3 } })])).toEqual(['error node.fieldUnknown set retry.maxTries']);
  });

  it('node.fieldUnknown: elsewhere it is only a warning', () => {
    const settings = { timezone: 'UTC', executionOrder: 'v1', retention: { weeks: 1 } };
    expect(told([], [{ ...line('start', 'start'), label: 'x' }].slice(1), { settings, active: true })).toEqual([
      'warning node.fieldUnknown - active',
      'warning node.fieldUnknown - settings.executionOrder',
      'warning node.fieldUnknown - settings.retention.weeks',
    ]);
  });

  it('node.duplicateId', () => {
    expect(told([set(), set({ name: 'Other' })])).toEqual(['error node.duplicateId set id']);
  });

  it('node.duplicateName', () => {
    expect(told([set(), set({ id: 'other' })])).toEqual(['error node.duplicateName other name']);
  });

  it('node.unknownReference: an expression names a node that is not there', () => {
    const [problem] = problemsOf([set({ parameters: { fields: { a: '={{ $("Strat").first().json.x }}' } } })]);
    expect(problem).toMatchObject({ severity: 'error', code: 'node.unknownReference', field: 'parameters.fields' });
    expect(problem?.message).toContain('Did you mean "Start"?');
  });

  it('node.unknownReference: a node is undone by one that is not there', () => {
    expect(told([set({ compensateWith: 'undo' })])).toEqual(['error node.unknownReference set compensateWith']);
    expect(told([set({ compensateWith: 'undo' }), { id: 'undo', name: 'Undo', type: 'core.noop' }])).toEqual([]);
  });

  it('node.unknownReference: a group holds a node that is not there', () => {
    expect(told([], [], { groups: [{ id: 'g', name: 'G', nodes: ['start', 'gone'] }] })).toEqual([
      'warning node.unknownReference - groups',
    ]);
  });

  it('expression.syntax', () => {
    const parameters = { fields: { a: '={{ 1 + }}', b: { c: ['={{ ( }}'] } } };
    expect(told([set({ parameters })])).toEqual([
      'error expression.syntax set parameters.fields.a',
      'error expression.syntax set parameters.fields.b.c[0]',
    ]);
  });

  it('does not take code for an expression', () => {
    const code = { id: 'code', name: 'Code', type: 'core.code', parameters: { code: '= {{ not an expression' } };
    expect(told([code])).toEqual([]);
  });

  it('parameter.missing, parameter.invalid and parameter.unknown', () => {
    const limit = { id: 'l', name: 'Limit', type: 'core.limit', parameters: { max: 'all', form: 'end' } };
    const split = { id: 's', name: 'Split', type: 'core.split' };
    expect(told([limit, split]).sort()).toEqual([
      'error parameter.invalid l parameters.max',
      'error parameter.missing s parameters.field',
      'error parameter.unknown l parameters.form',
    ]);
  });

  it('credential.missing: a slot that must be filled is empty', () => {
    const send = { id: 'send', name: 'Send', type: 'test.send', parameters: { to: 'me' } };
    expect(told([send])).toEqual(['error credential.missing send credentials.auth']);
    expect(told([{ ...send, credentials: { auth: 'c1' } }])).toEqual([]);
    const hook = { id: 'hook', name: 'Hook', type: 'core.webhook', parameters: { path: 'a' } };
    expect(told([hook])).toEqual([]);
    expect(told([{ ...hook, parameters: { path: 'a', auth: 'basic' } }])).toEqual([
      'error credential.missing hook credentials.auth',
    ]);
  });

  it('warns of a webhook path that repeats the beginning of its address', () => {
    const hook = (path: string) => ({ id: 'hook', name: 'Hook', type: 'core.webhook', parameters: { path } });
    const warned = ['warning parameter.invalid hook parameters.path'];
    expect(told([hook('/hooks/orders')])).toEqual(warned);
    expect(told([hook('hooks')])).toEqual(warned);
    expect(told([hook('orders/hooks')])).toEqual([]);
    expect(told([hook('hooks-of/orders')])).toEqual([]);
  });

  it('asks no parameters and credentials of a disabled node, and waits with its expressions', () => {
    const send = { id: 'send', name: 'Send', type: 'test.send', disabled: true };
    expect(told([send])).toEqual([]);
    expect(told([{ ...send, parameters: { to: '={{ ( }}' } }])).toEqual([
      'warning expression.syntax send parameters.to',
    ]);
  });
});

describe('problems of the graph', () => {
  it('connection.dangling: an end is missing, or both', () => {
    expect(told([set()], [line('start', 'sett')])).toEqual(['error connection.dangling start connections[0]']);
    expect(told([], [line('a', 'b')])).toHaveLength(2);
  });

  it('connection.portUnknown: a port is not there, out or in', () => {
    expect(told([set()], [line('start', 'set', 'true'), line('start', 'set', 'main', 'in1')])).toEqual([
      'error connection.portUnknown start connections[0].from',
      'error connection.portUnknown set connections[1].to',
    ]);
    expect(told([set()], [line('set', 'start')])).toEqual(['error connection.portUnknown start connections[0].to']);
  });

  it('knows the ports that parameters make', () => {
    const rules = [{ port: 'a', condition: '={{ true }}' }];
    const switchNode = { id: 'sw', name: 'Switch', type: 'core.switch', parameters: { rules, fallback: 'rest' } };
    const merge = { id: 'm', name: 'Merge', type: 'core.merge', parameters: { inputs: 3 } };
    const lines = [line('start', 'sw'), line('sw', 'm', 'a', 'in1'), line('sw', 'm', 'rest', 'in3')];
    expect(told([switchNode, merge], lines)).toEqual([]);
    expect(told([switchNode, merge], [line('sw', 'm', 'b', 'in4')])).toEqual([
      'error connection.portUnknown sw connections[0].from',
      'error connection.portUnknown m connections[0].to',
    ]);
  });

  it('says in the words of the interface how to get the port error', () => {
    const other = { id: 'o', name: 'Other', type: 'core.noop' };
    const [problem] = problemsOf([set(), other], [line('set', 'o', 'error')]);
    expect(problem?.message).toContain('set "When it fails for good" to "Send the failed item to an error output"');
    expect(told([set({ onError: 'errorOutput' }), other], [line('set', 'o', 'error')])).toEqual([]);
  });

  it('graph.cycle: a circle without a loop node', () => {
    const other = { id: 'o', name: 'Other', type: 'core.noop' };
    const lines = [line('start', 'set'), line('set', 'o'), line('o', 'set')];
    expect(told([set(), other], lines)).toEqual(['error graph.cycle set -']);
    expect(told([set()], [line('set', 'set')])).toEqual(['error graph.cycle set -']);
  });

  it('lets a circle pass a loop node', () => {
    const loop = { id: 'loop', name: 'Loop', type: 'core.loop' };
    const lines = [
      line('start', 'loop', 'main', 'main'),
      line('loop', 'set', 'loop'),
      line('set', 'loop', 'main', 'next'),
    ];
    expect(told([loop, set()], lines)).toEqual([]);
  });

  it('graph.noTrigger: nothing starts it; when triggers are only disabled it is a warning', () => {
    const without = { wfaib: 1, name: 'Test', nodes: [set()], connections: [] };
    expect(validateDocument(without, describeNode).problems).toMatchObject([
      { severity: 'error', code: 'graph.noTrigger' },
    ]);
    const off = { ...without, nodes: [{ ...start, disabled: true }] };
    expect(validateDocument(off, describeNode).problems).toMatchObject([
      { severity: 'warning', code: 'graph.noTrigger' },
    ]);
  });
});

describe('steps that nothing reaches', () => {
  const noop = (id: string, more: Node = {}): Node => ({ id, name: id.toUpperCase(), type: 'core.noop', ...more });
  const unreached = (...call: Parameters<typeof documentOf>) =>
    problemsOf(...call)
      .filter(({ code }) => code === 'graph.unreached')
      .map(({ severity, nodeId, message }) => `${severity} ${nodeId} ${message}`);

  it('graph.unreached: a step without a connection is a warning', () => {
    expect(unreached([noop('a')])).toEqual([
      'warning a "A" is not connected to a trigger: nothing runs it. Connect it, or remove it.',
    ]);
    expect(unreached([noop('a')], [line('start', 'a')])).toEqual([]);
  });

  it('tells of a piece once, at its first step, with how many come after it', () => {
    const lines = [line('start', 'd'), line('c', 'b'), line('b', 'a'), line('b', 'd')];
    expect(unreached([noop('a'), noop('b'), noop('c'), noop('d')], lines)).toEqual([
      'warning c "C" is not connected to a trigger: nothing runs it and the 2 steps after it. Connect it, or remove it.',
    ]);
  });

  it('tells of a circle without a way in', () => {
    const loop = { id: 'loop', name: 'Loop', type: 'core.loop' };
    const lines = [line('loop', 'a', 'loop'), line('a', 'loop', 'main', 'next')];
    expect(unreached([loop, noop('a')], lines)).toHaveLength(1);
  });

  it('says nothing of what undoes others, of disabled steps, of types that may be triggers, and where nothing starts', () => {
    expect(unreached([noop('a', { compensateWith: 'u' }), noop('u')], [line('start', 'a')])).toEqual([]);
    expect(unreached([noop('a', { disabled: true })])).toEqual([]);
    expect(unreached([noop('a', { type: 'n8n-nodes-base.slack' }), noop('b')], [line('a', 'b')])).toEqual([]);
    const { problems } = validateDocument({ ...documentOf([]), nodes: [noop('a')] }, describeNode);
    expect(problems.map(({ code }) => code)).toEqual(['graph.noTrigger']);
  });
});

describe('references against the flow', () => {
  const reads = (id: string, name: string): Node => ({
    id,
    name: id.toUpperCase(),
    type: 'core.set',
    parameters: { fields: { x: `={{ $('${name}').first().json.x }}` } },
  });
  const plain = (id: string): Node => ({ id, name: id.toUpperCase(), type: 'core.noop' });

  it('node.laterReference: an expression reads a step that runs only after it', () => {
    expect(told([reads('a', 'B'), plain('b')], [line('start', 'a'), line('a', 'b')])).toEqual([
      'warning node.laterReference a parameters.fields',
    ]);
  });

  it('lets a step read what is before it, beside it, and what a loop brought round', () => {
    expect(told([plain('a'), reads('b', 'A')], [line('start', 'a'), line('a', 'b')])).toEqual([]);
    expect(told([plain('a'), reads('b', 'A')], [line('start', 'a'), line('start', 'b')])).toEqual([]);
    const loop = { id: 'loop', name: 'Loop', type: 'core.loop' };
    const round = [line('start', 'loop'), line('loop', 'a', 'loop'), line('a', 'b'), line('b', 'loop', 'main', 'next')];
    expect(told([loop, reads('a', 'B'), plain('b')], round)).toEqual([]);
  });
});

it('node.outdated: a step of an older version than the newest installed is worth an info', () => {
  const versions = (type: string, version = 2) =>
    type === 'test.send' ? { ...service, typeVersion: version } : describeCoreNode(type);
  const of = (typeVersion?: number) =>
    validateDocument(
      documentOf(
        [{ id: 's', name: 'S', type: 'test.send', typeVersion, parameters: { to: 'x' }, credentials: { auth: 'c' } }],
        [line('start', 's')],
      ),
      versions,
    ).problems;
  expect(of(1)).toMatchObject([{ severity: 'info', code: 'node.outdated', nodeId: 's', field: 'typeVersion' }]);
  expect([of(2), of()]).toEqual([[], []]);
});

describe('a draft in the wrong shape', () => {
  it('is told what is missing and what is wrong, and everything else that can be read', () => {
    const raw = {
      wfaib: 1,
      nodes: [start, set({ timeoutMs: 'long', parameters: { keep: 'some' } }), 'rubbish'],
      connections: [{ from: { node: 'start' } }, line('start', 'gone')],
    };
    const { document, problems } = validateDocument(raw, describeNode);
    expect(document).toBeUndefined();
    expect(problems.map(({ code, nodeId, field }) => `${code} ${nodeId ?? '-'} ${field}`).sort()).toEqual([
      'connection.dangling start connections[1]',
      'graph.unreached set undefined',
      'parameter.invalid - nodes[2]',
      'parameter.invalid set parameters.keep',
      'parameter.invalid set timeoutMs',
      'parameter.missing - connections[0].to',
      'parameter.missing - name',
    ]);
  });

  it.each([undefined, null, 5, 'text', [], () => 1])('is refused as a whole when it is %s', (raw) => {
    const { document, problems } = validateDocument(raw, describeNode);
    expect(document).toBeUndefined();
    expect(problems).toMatchObject([{ severity: 'error', code: 'parameter.invalid' }]);
  });

  it('is told that its time zone does not exist', () => {
    expect(told([], [], { settings: { timezone: 'Mars/Olympus' } })).toEqual([
      'error parameter.invalid - settings.timezone',
    ]);
  });

  it('gets a list that ends, errors first', () => {
    const many = Array.from({ length: 3_000 }, () => line('a', 'b'));
    const problems = problemsOf([set({ wrong: 1 })], many, { extra: 1 });
    expect(problems).toHaveLength(1_000);
    expect(problems.every(({ severity }) => severity === 'error')).toBe(true);
  });

  it('may be nested as deep as anyone likes', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    const { problems } = validateDocument(documentOf([set({ parameters: { fields: { deep } } })]), describeNode);
    expect(problems[0]?.message).toContain('nested deeper');
  });

  it('never breaks the check, whatever it holds', () => {
    const rubbish = fc.anything({ withNullPrototype: true });
    const node = fc.record(
      { id: rubbish, name: rubbish, type: rubbish, parameters: rubbish, retry: rubbish },
      { requiredKeys: [] },
    );
    const known = fc.record(
      {
        id: fc.string(),
        name: fc.string(),
        type: fc.constantFrom(
          'core.if',
          'core.switch',
          'core.merge',
          'core.loop',
          'core.set',
          'core.wait',
          'test.send',
        ),
        parameters: fc.dictionary(fc.constantFrom('rules', 'conditions', 'inputs', 'fields', 'for', 'mode'), rubbish),
        credentials: rubbish,
        onError: rubbish,
      },
      { requiredKeys: ['id', 'type'] },
    );
    const connection = fc.oneof(
      rubbish,
      fc.record({ from: rubbish, to: fc.record({ node: fc.string(), port: rubbish }) }),
    );
    const document = fc.record(
      {
        wfaib: fc.oneof(fc.constant(1), rubbish),
        name: rubbish,
        nodes: fc.oneof(rubbish, fc.array(fc.oneof(node, known, rubbish))),
        connections: fc.oneof(rubbish, fc.array(connection)),
        settings: rubbish,
        groups: rubbish,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(document, rubbish), (raw) => {
        const { problems } = validateDocument(raw, describeNode);
        expect(problems.every(({ code, message }) => problemCodes.includes(code) && message !== '')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
