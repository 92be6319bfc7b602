import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database.js';
import { readSettings } from '../../config/read-settings.js';
import { EventBus } from '../../events/event-bus.service.js';
import { createLog } from '../../logging/logger.service.js';
import { pathKeyOf } from './path-pattern.js';
import { WebhookRoutesRepository } from './webhook-routes.repository.js';
import { WebhookRoutes } from './webhook-routes.service.js';

let db: TestDatabase;
const stops: (() => Promise<void>)[] = [];
const repository = new WebhookRoutesRepository();

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => {
  for (const stop of stops) await stop();
  await db.drop();
});

/** The routes as another process of the same installation sees them. */
async function aProcess(): Promise<WebhookRoutes> {
  const log = createLog('silent');
  const bus = new EventBus(readSettings({ DATABASE_URL: db.url }), db.database, log);
  await bus.onModuleInit();
  const routes = new WebhookRoutes(repository, db.unitOfWork, bus, log);
  await routes.onApplicationBootstrap();
  stops.push(async () => {
    routes.onModuleDestroy();
    await bus.onApplicationShutdown();
  });
  return routes;
}

async function aWorkflow(): Promise<string> {
  const [row] = await db.database.query<{ id: string }>(
    `INSERT INTO workflow (id, project_id, name, draft, updated_by) VALUES (gen_random_uuid(), $1, 'W', '{}', $1) RETURNING id`,
    [db.projectId],
  );
  return row!.id;
}

const arm = (workflowId: string, path: string) =>
  db.unitOfWork.run(async (tx) => {
    await repository.beginChange(tx);
    const route = { workflowId, projectId: db.projectId, version: 1, nodeId: path, method: 'POST', path };
    await repository.insert(tx, route, pathKeyOf(path));
  });

const disarm = (workflowId: string) =>
  db.unitOfWork.run(async (tx) => {
    await repository.beginChange(tx);
    await repository.removeOf(tx, workflowId);
  });

it('knows a route that another process published a moment ago', async () => {
  const [one, other] = [await aProcess(), await aProcess()];
  const workflowId = await aWorkflow();
  await arm(workflowId, 'fresh');
  expect((await other.find('POST', ['fresh'])).kind).toBe('found');
  await one.refresh();
  expect(one.findNow('POST', ['fresh']).kind).toBe('found');
});

it('hears from another process that a route is gone', async () => {
  const [one, other] = [await aProcess(), await aProcess()];
  const workflowId = await aWorkflow();
  await arm(workflowId, 'gone');
  expect((await other.find('POST', ['gone'])).kind).toBe('found');
  await disarm(workflowId);
  await one.refresh();
  await expect.poll(() => other.findNow('POST', ['gone']).kind).toBe('none');
});

it('never takes an older look for the newer one', async () => {
  const routes = await aProcess();
  const workflowId = await aWorkflow();
  const paths = Array.from({ length: 20 }, (_, n) => `many-${n}`);
  await Promise.all(paths.map(async (path) => arm(workflowId, path).then(() => routes.refresh())));
  expect(paths.map((path) => routes.findNow('POST', [path]).kind)).toEqual(paths.map(() => 'found'));
});

it('reads the routes for many changes at once, not for each', async () => {
  const routes = await aProcess();
  const workflowIds = await Promise.all(Array.from({ length: 20 }, aWorkflow));
  const snapshot = vi.spyOn(repository, 'snapshot');
  try {
    await Promise.all(workflowIds.map((id, n) => arm(id, `together${n}`)));
    await Promise.all(workflowIds.map(() => routes.refresh()));
    expect(routes.findNow('POST', ['together19']).kind).toBe('found');
    // Other processes of this file look as well: each once or twice.
    expect(snapshot.mock.calls.length).toBeLessThanOrEqual(stops.length * 2);
  } finally {
    snapshot.mockRestore();
  }
});
