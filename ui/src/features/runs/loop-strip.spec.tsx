import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { IterationStatus } from '../../api/types.js';
import { LoopStrip } from './loop-strip.js';

afterEach(() => vi.unstubAllGlobals());

const iteration = (index: number, status: IterationStatus) => ({ index, status });
const answer = (items: object[]) =>
  Response.json({
    items,
    total: items.length,
    counts: { succeeded: 2, failed: 1 },
    parts: [
      { from: 0, to: 1, status: 'succeeded' },
      { from: 2, to: 2, status: 'failed' },
    ],
  });

it('goes to the next iteration that had trouble, and to none before it knows which that is', async () => {
  let tell: (response: Response) => void = () => undefined;
  vi.stubGlobal('fetch', (address: string) =>
    address.includes('problems')
      ? new Promise<Response>((resolve) => (tell = resolve))
      : Promise.resolve(answer([0, 1].map((index) => iteration(index, 'succeeded')))),
  );
  const onIteration = vi.fn();
  const row = {
    nodeId: 'l',
    name: 'Each',
    type: 'core.loop',
    depth: 0,
    totals: undefined,
    failedItems: 0,
    isLoop: true,
    body: ['a'],
  };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <LoopStrip
        runId="r"
        row={{ ...row, parent: undefined }}
        selection={{ nodeId: 'a', iteration: [0], visit: undefined }}
        onIteration={onIteration}
      />
    </QueryClientProvider>,
  );
  await expect.poll(() => screen.queryByRole('button', { name: /^Next iteration of Each/ })).toBeTruthy();
  const next = screen.getByRole<HTMLButtonElement>('button', { name: /^Next iteration of Each/ });
  fireEvent.click(screen.getByRole('checkbox', { name: 'Only troubled' }));
  await expect.poll(() => next.disabled).toBe(true);
  fireEvent.click(next);
  expect(onIteration).not.toHaveBeenCalled();
  tell(answer([iteration(2, 'failed')]));
  await expect.poll(() => next.disabled).toBe(false);
  fireEvent.click(next);
  expect(onIteration).toHaveBeenCalledWith([2]);
});
