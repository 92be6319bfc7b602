import type { ApiClient } from '../server/api-client.js';

/** One line of what the doctor found. */
export interface Finding {
  what: string;
  state: 'well' | 'degraded' | 'ill';
  detail: string;
}

/** Seconds that no engine has begun a run before the doctor worries. */
const longPendingS = 60;

interface Readiness {
  status: string;
  version: string;
  engine: string;
  checks: Record<string, { ok: boolean; degraded?: boolean; detail?: string }>;
}

/** What the server says about itself. @throws CommandFailed where none answers */
export async function checkServer(api: ApiClient): Promise<Finding[]> {
  const answer = await api.ask<Readiness>('GET', '/health/ready');
  const ready = answer.body as Readiness;
  const server: Finding = {
    what: 'server',
    state: ready.status === 'failed' ? 'ill' : 'well',
    detail: `${api.settings.url}, version ${ready.version}, engine ${ready.engine}`,
  };
  const checks = Object.entries(ready.checks ?? {}).map(([what, { ok, degraded, detail }]): Finding => ({
    what,
    state: ok ? (degraded ? 'degraded' : 'well') : 'ill',
    detail: detail ?? '',
  }));
  return [server, ...checks, await pendingRuns(api), await apiKey(api)];
}

async function pendingRuns(api: ApiClient): Promise<Finding> {
  const text = await (await api.fetch('/metrics')).text();
  const seconds = Number(/^wfaib_oldest_pending_run_seconds(?:\{[^}]*\})? (\S+)/m.exec(text)?.[1] ?? 0);
  return {
    what: 'oldest run that nobody has begun',
    state: seconds > longPendingS ? 'degraded' : 'well',
    detail: seconds > longPendingS ? `${seconds.toFixed(0)} s: is there a worker?` : `${seconds.toFixed(0)} s`,
  };
}

async function apiKey(api: ApiClient): Promise<Finding> {
  const answer = await api.ask('GET', '/api/workflows?limit=1');
  return { what: 'API key', state: answer.ok ? 'well' : 'ill', detail: answer.ok ? 'accepted' : answer.message };
}
