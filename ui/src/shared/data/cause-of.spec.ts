import type { StepError } from '@wfaib/sdk/errors';
import { expect, it } from 'vitest';
import { causeOf } from './cause-of.js';

const refused: StepError = { code: 'http.status', message: 'The service answered 500.', status: 500 };
const called = (name: string, runId: string, error: StepError): StepError => ({
  code: 'call.failed',
  message: `"${name}" failed: ${error.message}`,
  details: { runId, error },
});

it('finds the cause under calls of calls, and names the way to it', () => {
  expect(causeOf(called('Outer', 'r1', called('Inner', 'r2', refused)))).toEqual({
    cause: refused,
    calls: [
      { runId: 'r1', workflow: 'Outer' },
      { runId: 'r2', workflow: 'Inner' },
    ],
  });
});

it('takes any other error as its own cause', () => {
  expect(causeOf(refused)).toEqual({ cause: refused, calls: [] });
  const cancelled: StepError = { code: 'call.failed', message: '"Inner" was cancelled', details: { runId: 'r1' } };
  expect(causeOf(cancelled)).toEqual({ cause: cancelled, calls: [] });
});
