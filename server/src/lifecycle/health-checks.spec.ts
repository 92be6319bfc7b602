import { expect, it } from 'vitest';
import { HealthChecks } from './health-checks.service.js';

it('runs all checks, and takes one that throws as failed', async () => {
  const checks = new HealthChecks();
  checks.register('good', () => ({ ok: true }));
  checks.register('bad', () => Promise.reject(new Error('no answer')));
  checks.register('good', () => ({ ok: true, degraded: true, detail: 'replaced' }));
  expect(await checks.runAll()).toEqual({
    good: { ok: true, degraded: true, detail: 'replaced' },
    bad: { ok: false, detail: 'no answer' },
  });
});

it('stands on the queue engine until the engine says otherwise', () => {
  const checks = new HealthChecks();
  expect(checks.currentEngine).toBe('queue');
  checks.engineIs('temporal');
  expect(checks.currentEngine).toBe('temporal');
});
