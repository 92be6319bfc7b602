// The table of rooms in ARCHITECTURE.md is the rule: each row becomes what its room may import.
import { readFileSync } from 'node:fs';
import { readRooms } from './scripts/rooms.mjs';

const rooms = readRooms(readFileSync(new URL('ARCHITECTURE.md', import.meta.url), 'utf8'));
const foundation = ['errors', 'clock', 'config', 'logging', 'lifecycle'];
const pure = ['plan', 'interpreter', 'nodes'];
// Rooms are at most two levels deep.
const doorsOf = (room) =>
  ['', '[^/]+/'].map(
    (inner) => `${source}${room}/${inner}[^/]+[.](module|service|types|events|errors|decorator)[.]ts$`,
  );
const specs = '\\.(spec|test-support)\\.ts$';
const source = '^server/src/';

const opens = (room) =>
  [...new Set([...(foundation.includes(room) ? [] : foundation), ...rooms.get(room)])].filter((name) => name !== room);

const roomRules = [...rooms.keys()].flatMap((room) => {
  const open = opens(room);
  const allowed = [
    `${source}${room}/`,
    ...open.filter((name) => !pure.includes(name)).flatMap(doorsOf),
    ...open.filter((name) => pure.includes(name)).map((name) => `${source}${name}/`),
  ];
  return {
    name: `room-${room}`,
    comment: `server/src/${room} may open only the doors of: ${open.join(', ') || 'nothing'} (see ARCHITECTURE.md)`,
    severity: 'error',
    from: { path: `${source}${room}/`, pathNot: specs },
    to: { path: source, pathNot: allowed },
  };
});

export default {
  forbidden: [
    ...roomRules,
    {
      name: 'no-cycle',
      severity: 'error',
      from: { pathNot: specs },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolves',
      comment: 'an import that does not resolve would slip through the other rules',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'pure-rooms',
      comment: 'plan, interpreter and nodes know no Nest, no Node, no Temporal, no database',
      severity: 'error',
      from: { path: `${source}(plan|interpreter|nodes)/`, pathNot: specs },
      to: {
        pathNot: [
          `${source}(plan|interpreter|nodes|errors)/`,
          '^sdk/',
          'node_modules/(@noble/hashes|luxon|@types/luxon|zod)',
        ],
      },
    },
    {
      name: 'temporal-workflows',
      comment:
        "code in engine/temporal/workflows runs in Temporal's sandbox: its workflow package and its own types, nothing else",
      severity: 'error',
      from: { path: `${source}engine/temporal/workflows/`, pathNot: specs },
      to: { pathNot: [`${source}engine/temporal/workflows/`, 'node_modules/@temporalio/workflow', '\\.types\\.ts$'] },
    },
    {
      name: 'plugins-see-the-sdk',
      severity: 'error',
      from: { path: '^plugins/', pathNot: specs },
      to: { path: '^(server|ui|test)/' },
    },
    {
      name: 'sdk-stands-alone',
      severity: 'error',
      from: { path: '^sdk/', pathNot: specs },
      to: { path: '^(server|ui|plugins|test)/' },
    },
    {
      name: 'expressions-run-in-the-browser',
      severity: 'error',
      from: { path: '^sdk/src/expressions/', pathNot: specs },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'ui-shared-is-lowest',
      severity: 'error',
      from: { path: '^ui/src/shared/' },
      to: { path: '^ui/src/(features|app)/' },
    },
    {
      name: 'ui-features-below-app',
      severity: 'error',
      from: { path: '^ui/src/features/' },
      to: { path: '^ui/src/app/' },
    },
    {
      name: 'ui-features-meet-in-app',
      severity: 'error',
      from: { path: '^ui/src/features/([^/]+)/' },
      to: { path: '^ui/src/features/', pathNot: '^ui/src/features/$1/' },
    },
    {
      name: 'ui-graph-is-pure',
      severity: 'error',
      from: { path: '^ui/src/features/editor/graph/' },
      to: { path: 'node_modules/(react|@xyflow)' },
    },
    {
      name: 'ui-only-the-canvas-knows-react-flow',
      severity: 'error',
      from: { path: '^ui/src/', pathNot: '^ui/src/features/editor/canvas/' },
      to: { path: 'node_modules/@xyflow' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.wfaib)/' },
    enhancedResolveOptions: {
      conditionNames: ['@wfaib/source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
