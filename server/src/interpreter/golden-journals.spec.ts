import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { workflowDocument } from '@wfaib/sdk/workflow-document';
import { describe, expect, it } from 'vitest';
import { compilePlan } from '../plan/compile-plan.js';
import { storyOf } from './journal-story.test-support.js';
import type { RunEvent } from './run-events.types.js';

/** A journal of a real run, as `scripts/record-journals.mjs` wrote it. */
interface GoldenJournal {
  host: string;
  nodes: NodeDescriptor[];
  document: unknown;
  events: RunEvent[];
  story: string[];
}

const folder = fileURLToPath(new URL('../../../test/journals/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
const read = (name: string): GoldenJournal[] => JSON.parse(readFileSync(join(folder, name), 'utf8')) as GoldenJournal[];
const planOf = ({ document, nodes }: GoldenJournal) =>
  compilePlan(workflowDocument.parse(document), (type) => nodes.find((node) => node.type === type));

describe('journals of released versions', () => {
  it('are there', () => expect(files.length).toBeGreaterThan(20));

  it.each(files)('mean today what they meant then: %s', (name) => {
    for (const journal of read(name)) {
      const story = storyOf(planOf(journal), journal.events);
      expect(story).toEqual(journal.story);
      // The end was written down as the interpreter decides it today.
      const { type: _, at: __, ...end } = journal.events.at(-1)! as Extract<RunEvent, { type: 'run.finished' }>;
      expect(story.at(-2)!.endsWith(`-> ${JSON.stringify({ kind: 'finish', ...end })}`)).toBe(true);
    }
  });

  it('would mean something else with a connection that leads elsewhere', () => {
    const [journal] = read(files.find((name) => name.includes('loop'))!);
    const other = planOf({ ...journal!, document: withoutFirst(journal!.document) });
    expect(() => storyOf(other, journal!.events)).toThrow('Event 2 (step.succeeded) has no say any more.');
  });
});

function withoutFirst(document: unknown): unknown {
  const { connections, ...rest } = document as { connections: unknown[] };
  return { ...rest, connections: connections.slice(1) };
}
