/** Name under which the doctor's workflow is seen while it is there. */
export const chaosName = 'WFAIB doctor (may be deleted)';

const node = (id: string, type: string, parameters: Record<string, unknown> = {}) => ({
  id,
  name: id,
  type,
  parameters,
});

/**
 * What the doctor puts under fault: code, two branches that join, and a pause that has to survive. A run that is given
 * `{ n }` comes to `{ n, twice, thrice }` and touches nothing outside.
 */
export const chaosWorkflow = {
  wfaib: 1,
  name: chaosName,
  nodes: [
    node('start', 'core.manual'),
    node('double', 'core.code', { mode: 'each', code: 'return { n: $json.n, twice: $json.n * 2 };' }),
    node('pause', 'core.wait', { for: '1s' }),
    node('triple', 'core.code', { mode: 'each', code: 'return { n: $json.n, thrice: $json.n * 3 };' }),
    node('join', 'core.merge', { mode: 'byPosition' }),
  ],
  connections: [
    ['start', 'double'],
    ['start', 'triple'],
    ['double', 'pause'],
    ['pause', 'join.in1'],
    ['triple', 'join.in2'],
  ].map(([from, to = '']) => {
    const [id, port = 'main'] = to.split('.');
    return { from: { node: from, port: 'main' }, to: { node: id, port } };
  }),
  settings: { durability: 'standard' },
};

/** Code that never ends, and code that takes all memory it can get: the sandbox ends both. */
export const bombs = ['for (;;) {}', 'const all = []; for (;;) all.push(new Array(1e6).fill(1));'].map((code) => ({
  wfaib: 1,
  name: `${chaosName}: code that is ended`,
  nodes: [node('start', 'core.manual'), node('bomb', 'core.code', { code, timeoutMs: 2_000 })],
  connections: [{ from: { node: 'start', port: 'main' }, to: { node: 'bomb', port: 'main' } }],
}));
