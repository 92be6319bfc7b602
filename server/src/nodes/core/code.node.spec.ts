import { describe, expect, it } from 'vitest';
import type { CodeOutcome, CodeRequest } from '../core-node.types.js';
import { runNode, type TestStep } from '../test-context.test-support.js';
import { codeNode } from './code.node.js';

/** Runs the node with a sandbox that answers `outcome`; shows what the sandbox was asked. */
async function runCode(outcome: Partial<CodeOutcome>, step: TestStep = {}) {
  const asked: CodeRequest[] = [];
  const answer: CodeOutcome = { items: [], logs: [], ...outcome };
  const ports = { runCode: (request: CodeRequest) => (asked.push(request), Promise.resolve(answer)) };
  const result = await runNode(codeNode, { ...step, context: { ports, ...step.context } });
  const pairs = result.outputs['main']?.map(({ source }) => source.map(({ item }) => item));
  return { result, asked, pairs };
}

const three = [{ n: 0 }, { n: 1 }, { n: 2 }];
const made = (count: number) => Array.from({ length: count }, (_, n) => ({ json: { n } }));

describe('core.code', () => {
  it('hands the code over as it was written, with the defaults', async () => {
    const { asked } = await runCode({}, { parameters: { code: '= 1 // {{ no template }}' }, items: three });
    expect(asked[0]).toMatchObject({
      language: 'javascript',
      mode: 'all',
      code: '= 1 // {{ no template }}',
      timeoutMs: 3000,
      memoryMb: 64,
    });
    expect(asked[0]?.items.map(({ json }) => json)).toEqual(three);
  });

  it('pairs items as the code says', async () => {
    const items = [
      { json: {}, from: [2] },
      { json: {}, from: [0, 1, 9] },
    ];
    expect((await runCode({ items }, { items: three })).pairs).toEqual([[2], [0, 1]]);
  });

  it('pairs equal counts by position, one input with all, and anything else with none', async () => {
    expect((await runCode({ items: made(3) }, { items: three })).pairs).toEqual([[0], [1], [2]]);
    expect((await runCode({ items: made(2) }, { items: [{}] })).pairs).toEqual([[0], [0]]);
    expect((await runCode({ items: made(2) }, { items: three })).pairs).toEqual([[], []]);
  });

  it('keeps what the code logged', async () => {
    const logs = [{ level: 'log' as const, text: 'hello' }];
    expect((await runCode({ logs })).result.logs).toEqual(logs);
  });

  it('puts failed items beside the others, in order, when it is to continue', async () => {
    const failures = [{ item: 1, error: { code: 'code.failed', message: 'no' } }];
    const items = [
      { json: { ok: 0 }, from: [0] },
      { json: { ok: 2 }, from: [2] },
    ];
    const step = (onError: 'continue' | 'errorOutput') => ({
      parameters: { mode: 'each', code: '' },
      items: three,
      node: { onError },
    });
    const failed = { n: 1, error: { code: 'code.failed', message: 'no', nodeId: 'n1' } };
    const { result, asked } = await runCode({ items, failures }, step('continue'));
    expect(asked[0]?.collectFailures).toBe(true);
    expect(result.outputs['main']?.map(({ json }) => json)).toEqual([{ ok: 0 }, failed, { ok: 2 }]);
    const apart = (await runCode({ items, failures }, step('errorOutput'))).result.outputs;
    expect(apart['error']?.map(({ json }) => json)).toEqual([failed]);
    expect(apart['main']?.map(({ json }) => json)).toEqual([{ ok: 0 }, { ok: 2 }]);
  });

  it('tries again when another try would follow', async () => {
    const failures = [{ item: 1, error: { code: 'code.failed', message: 'no' } }];
    const step = {
      parameters: { mode: 'each', code: '' },
      items: three,
      node: { onError: 'continue' as const },
      context: { mayRetry: () => true },
    };
    await expect(runCode({ failures }, step)).rejects.toMatchObject({ error: { code: 'code.failed' } });
  });

  it('says that there is no sandbox', async () => {
    await expect(runNode(codeNode, { parameters: { code: '' } })).rejects.toMatchObject({
      error: { code: 'sandbox.unavailable' },
    });
  });

  it('takes the first item only when told so', async () => {
    const { asked } = await runCode({}, { items: three, node: { executeOnce: true } });
    expect(asked[0]?.items).toHaveLength(1);
  });
});
