import { get, post } from '../../../api/client.js';
import type { Page, RunSummary } from '../../../api/types.js';

export interface TestRunRequest {
  workflowId: string;
  startAt?: string;
  stopAt?: string;
  input?: unknown;
}

/** Runs the draft as a real run that is marked as a test. */
export const startTestRun = (request: TestRunRequest) =>
  post<{ runId: string }>('/api/runs', { ...request, version: 'draft', mode: 'test' });

export interface Listening {
  url: string;
  expiresAt: string;
}

/** The next call to `url` runs the draft. */
export const listenForCall = (workflowId: string, nodeId: string) =>
  post<Listening>(`/api/workflows/${workflowId}/listen`, { nodeId });

/** The newest test run of a workflow, if it began after this instant. */
export async function testRunSince(workflowId: string, since: number): Promise<string | undefined> {
  const page = await get<Page<RunSummary>>('/api/runs', { query: { workflowId } });
  return page.items.find((run) => run.mode === 'test' && Date.parse(run.createdAt) >= since)?.id;
}
