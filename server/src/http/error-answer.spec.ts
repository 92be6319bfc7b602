import { describe, expect, it } from 'vitest';
import { WfaibError } from '../errors/wfaib.errors.js';
import { answerTo } from './error-answer.js';
import { RateLimited } from './http.errors.js';

class Thrown extends WfaibError {
  constructor(
    readonly code: string,
    private readonly more: Record<string, unknown> = {},
  ) {
    super('What happened.');
  }

  override details() {
    return this.more;
  }
}

const statusOf = (error: unknown, path = '/api/x') => answerTo(error, 'r1', path).status;

describe('an error thrown on purpose', () => {
  it('answers code, message, request id and its details', () => {
    expect(answerTo(new Thrown('workflow.invalid', { problems: [1] }), 'r1', '/api/x')).toEqual({
      status: 422,
      body: { code: 'workflow.invalid', message: 'What happened.', requestId: 'r1', problems: [1] },
      unexpected: false,
    });
  });

  it.each([
    ['run.notFound', 404],
    ['workflow.conflict', 409],
    ['run.keyReused', 409],
    ['webhook.pathTaken', 409],
    ['auth.required', 401],
    ['engine.busy', 503],
    ['file.tooLarge', 413],
    ['something.else', 422],
  ])('%s answers %i', (code, status) => {
    expect(statusOf(new Thrown(code))).toBe(status);
  });

  it('cannot overwrite the request id', () => {
    expect(answerTo(new Thrown('a.b', { requestId: 'x', code: 'y' }), 'r1', '/').body).toMatchObject({
      requestId: 'r1',
      code: 'a.b',
    });
  });

  it('says when to come back', () => {
    expect(answerTo(new RateLimited(1500), 'r1', '/api/x')).toMatchObject({ status: 429, retryAfterSeconds: 2 });
    expect(answerTo(new Thrown('engine.busy'), 'r1', '/api/x')).toMatchObject({ status: 503, retryAfterSeconds: 1 });
  });
});

describe('an error that nobody foresaw', () => {
  it('is told apart, and shows nothing of itself', () => {
    const answer = answerTo(new Error('password is hunter2'), 'r1', '/hooks/x');
    expect(answer).toMatchObject({ status: 500, unexpected: true, body: { code: 'internal', requestId: 'r1' } });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });

  it('is never a 500 for the API', () => {
    expect(statusOf(new Error('x'), '/api/runs')).toBe(503);
    expect(statusOf('text', '/api')).toBe(503);
    expect(statusOf(undefined, '/apiary')).toBe(500);
  });
});

describe('a failure of the database', () => {
  const failure = (code: string) =>
    Object.assign(new Error('details'), { driverError: Object.assign(new Error(), { code }) });

  it.each([
    ['22021', 400],
    ['22P02', 400],
    ['23505', 409],
    ['40001', 503],
    ['57P01', 503],
    ['ECONNREFUSED', 503],
    ['42P01', 503],
  ])('%s answers %i', (code, status) => {
    expect(statusOf(failure(code))).toBe(status);
  });
});
