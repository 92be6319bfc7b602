import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { runCommand } from '../run-command.js';
import { readEvents } from '../server/event-stream.js';

const step = { step: 'k', nodeId: 'code', iteration: [], attempt: 1, startedAt: 5, endedAt: 5 };
const events = [
  { type: 'run.created', at: 0, mode: 'production', start: { nodeId: 'start', as: 'trigger', count: 1 } },
  { type: 'step.succeeded', status: 'succeeded', outputs: { main: 1 }, ...step },
  { type: 'run.finished', at: 7, status: 'succeeded' },
];

it('goes on after the last event it has shown where the connection breaks', async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const json = (body: unknown): void => void response.end(JSON.stringify(body));
    if (request.url!.endsWith('/logs')) return json({ items: [{ level: 'warn', text: 'half empty' }] });
    if (request.url!.endsWith('/document')) return json({ nodes: [{ id: 'code', name: 'Work', type: 'core.code' }] });
    if (!request.url!.endsWith('/events')) return json({ id: 'r', status: 'running' });
    const last = request.headers['last-event-id'] as string | undefined;
    asked.push(last);
    const from = Number(last ?? 0);
    const part = events.slice(from, last === undefined ? 2 : undefined);
    response.write(
      `:hello\n\n${part.map((event, at) => `id: ${from + at + 1}\ndata: ${JSON.stringify(event)}\n\n`).join('')}`,
    );
    if (last === undefined) setTimeout(() => response.destroy(), 20);
    else response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let output = '';
  const surroundings = { environment: {}, write: (text: string) => (output += text), writeError: () => undefined };
  expect(await runCommand(['logs', 'r', '--follow', '--url', url], surroundings)).toBe(0);
  server.close();
  expect(asked).toEqual([undefined, '2']);
  expect(output.split('\n')).toEqual([
    '+0ms     run.created',
    '+5ms     step.succeeded "Work" sent main 1',
    '    warn: half empty',
    '+7ms     run.finished succeeded',
    '',
  ]);
});

it('reads events however they are cut into chunks', async () => {
  const text = ': hello\n\nid: 1\nevent: a\ndata: {"x":\ndata: "ü"}\n\nid: 2\r\ndata: 2\r\n\r\n';
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  const read = [];
  for await (const event of readEvents(body)) read.push(event);
  expect(read).toEqual([
    { id: '1', event: 'a', data: '{"x":\n"ü"}' },
    { id: '2', event: 'message', data: '2' },
  ]);
});
