import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startInstallation } from '../support/installation.js';
import type { Installation } from '../support/installation.js';

const folder = new URL('../../ui/src/features/templates/documents/', import.meta.url);
const files = readdirSync(folder);

let wfaib: Installation;
beforeAll(async () => {
  wfaib = await startInstallation();
});
afterAll(() => wfaib?.stop());

interface Template {
  meta: { summary: string; sample?: unknown };
  nodes: { id: string; type: string }[];
}

it('comes with at least twelve templates', () => {
  expect(files.length).toBeGreaterThanOrEqual(12);
});

it.each(files)('%s has no problem, can be published, and runs to its end', async (file) => {
  const template = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Template;
  expect(template.meta.summary).not.toBe('');
  const created = await wfaib.call<{ id: string; problems: unknown[] }>('POST', '/api/workflows', template);
  expect(created).toMatchObject({ status: 201, body: { problems: [] } });
  expect(await wfaib.call('POST', `/api/workflows/${created.body.id}/publish`, {})).toMatchObject({ status: 200 });
  const run = await wfaib.call<{
    status: string;
    steps: { nodeId: string; error: unknown }[];
    result: { itemCount: number };
  }>('POST', '/api/runs?wait=30s', {
    workflowId: created.body.id,
    startAt: template.nodes[0]!.id,
    ...(template.meta.sample ? { input: template.meta.sample } : {}),
  });
  expect(run.body).toMatchObject({ status: 'succeeded' });
  expect(run.body.result.itemCount).toBeGreaterThan(0);
});
