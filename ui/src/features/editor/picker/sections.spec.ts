import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { describe, expect, it } from 'vitest';
import { bestFor, sectionsOf } from './sections.js';

const step = (type: string, label: string, more: Partial<NodeDescriptor> = {}): NodeDescriptor => ({
  type,
  typeVersion: 1,
  label,
  description: more.description ?? '',
  icon: 'x',
  category: 'data',
  isTrigger: false,
  inputs: [],
  outputs: [],
  fields: {},
  work: 'once',
  effect: 'none',
  weight: 'light',
  ...more,
});
const ofPostgres = (action: string, label: string, description: string) =>
  step(`postgres.${action}`, label, {
    description,
    category: 'service',
    connector: { id: 'postgres', version: '1', action },
  });

const steps = [
  ofPostgres('insert', 'Insert', 'Writes rows into a table, and sets what conflicts.'),
  ofPostgres('query', 'Query', 'Runs SQL.'),
  step('http.request', 'HTTP request', {
    category: 'service',
    connector: { id: 'http', version: '1', action: 'request' },
  }),
  step('core.webhook', 'Webhook', { category: 'trigger', isTrigger: true }),
  step('core.error', 'When a workflow fails', { category: 'trigger', isTrigger: true }),
  step('core.stop', 'Stop with an error', { category: 'flow' }),
  step('core.set', 'Set fields'),
  step('core.loop', 'Loop', { category: 'flow' }),
  step('core.approval', 'Approval', { category: 'flow' }),
];
const situation = {
  hasTrigger: true,
  startsFresh: true,
  recent: [],
  writtenWords: (type: string) => (type === 'core.loop' ? ['Schleife', 'Wiederholt etwas.'] : []),
  connectorName: (id: string) => id.toUpperCase(),
};
const titlesOf = (part: Partial<typeof situation>) =>
  sectionsOf(steps, { ...situation, ...part }).map(({ title }) => title);
const found = (search: string, part: Partial<typeof situation> = {}) =>
  bestFor(search, steps, { ...situation, ...part }).map(({ descriptor }) => descriptor.label);

describe('while nothing is typed', () => {
  it('lists triggers first while there is none, and never where something comes before', () => {
    expect(titlesOf({ hasTrigger: false })[0]).toBe('Triggers');
    expect(titlesOf({}).at(-1)).toBe('Triggers');
    expect(titlesOf({ startsFresh: false })).not.toContain('Triggers');
  });

  it('lists a connector once, a single step as itself, and what waits for people apart', () => {
    const sections = sectionsOf(steps, situation);
    expect(sections.find(({ title }) => title === 'Connectors')?.entries).toMatchObject([
      { kind: 'connector', label: 'POSTGRES', steps: [{ label: 'Insert' }, { label: 'Query' }] },
      { kind: 'step', descriptor: { label: 'HTTP request' } },
    ]);
    expect(sections.find(({ title }) => title === 'People')?.entries).toHaveLength(1);
    expect(sections.find(({ title }) => title === 'Flow')?.entries).toHaveLength(2);
  });
});

describe('for what is typed', () => {
  it('puts the best match first, whatever section it stands in', () => {
    expect(found('set')[0]).toBe('Set fields');
    expect(found('query')[0]).toBe('Query');
  });

  it('knows connectors and the words of other tools', () => {
    expect(found('postgres')).toEqual(['Insert', 'Query']);
    expect(found('split in batches')[0]).toBe('Loop');
  });

  it('puts a trigger first while there is none, but not before a step that is called so', () => {
    expect(found('error')[0]).toBe('Stop with an error');
    expect(found('error', { hasTrigger: false })[0]).toBe('When a workflow fails');
    expect(found('http', { hasTrigger: false })[0]).toBe('HTTP request');
  });

  it('offers no trigger where something comes before', () => {
    expect(found('webhook', { startsFresh: false })).toEqual([]);
  });

  it('finds a step by the words of the server too, whatever the language of the page', () => {
    expect(found('schleife')).toEqual(['Loop']);
  });
});
