import type { FileRef, ItemInput } from '@wfaib/sdk/items';
import { describe, expect, it } from 'vitest';
import type { NodeFiles } from '../core-node.types.js';
import { itemsOf, placeOn, runNode, type TestStep } from '../test-context.test-support.js';
import { fileReadNode } from './file-read.node.js';
import { fileWriteNode } from './file-write.node.js';

/** Files by name, as text. */
function filesOf(texts: Record<string, string>): NodeFiles {
  return {
    read: async function* ({ name }) {
      yield new TextEncoder().encode(texts[name]);
    },
    write: async (meta, content) => {
      const parts: Uint8Array[] = [];
      for await (const part of content) parts.push(part);
      texts[meta.name] = Buffer.concat(parts).toString();
      return fileOf(meta.name, meta.mimeType);
    },
  };
}

function fileOf(name: string, mimeType = 'application/octet-stream'): FileRef {
  return { id: `id of ${name}`, name, mimeType, size: 1, sha256: '' };
}

const itemWith = (files: Record<string, FileRef>): ItemInput => ({ json: { n: 1 }, files });

function reading(texts: Record<string, string>, items: ItemInput[], parameters = {}): TestStep {
  return { inputs: { main: items }, parameters, context: { ports: { files: filesOf(texts) } } };
}

describe('reading a file', () => {
  it('makes an item of each row of each file, which names the item it came with', async () => {
    const step = reading({ 'a.csv': 'n\n1\n2\n', 'b.jsonl': '{"n":3}' }, [
      itemWith({ data: fileOf('a.csv') }),
      itemWith({ data: fileOf('b.jsonl') }),
    ]);
    const { outputs } = await runNode(fileReadNode, step);
    expect(outputs['main']).toEqual([
      { json: { n: '1' }, source: [placeOn('main', 0)] },
      { json: { n: '2' }, source: [placeOn('main', 0)] },
      { json: { n: 3 }, source: [placeOn('main', 1)] },
    ]);
  });

  it('sends rows on while it reads a long file', async () => {
    const sent: number[] = [];
    const texts = { 'a.jsonl': '{"n":1}\n'.repeat(30_000) };
    const step = reading(texts, [itemWith({ data: fileOf('a.jsonl') })]);
    step.context = {
      ports: { ...step.context!.ports, send: (_, items) => Promise.resolve(void sent.push(items.length)) },
    };
    const { outputs } = await runNode(fileReadNode, step);
    expect(sent.length).toBeGreaterThan(1);
    expect(sent.reduce((sum, count) => sum + count, outputs['main']!.length)).toBe(30_000);
  });

  it.each([
    ['file.missing', 'The item has no file "data". It has "report".', { report: fileOf('a.csv') }, {}],
    [
      'file.formatUnknown',
      'The name of "a.bin" (application/octet-stream) does not say',
      { data: fileOf('a.bin') },
      {},
    ],
    ['file.unreadable', '"a.bin" cannot be read as JSON: ', { data: fileOf('a.bin') }, { format: 'json' }],
  ])('fails with %s', async (code, message, files, parameters) => {
    const failing = runNode(fileReadNode, reading({ 'a.bin': '{' }, [itemWith(files)], parameters));
    await expect(failing).rejects.toMatchObject({
      error: { code, message: expect.stringContaining(message), retryable: false },
    });
  });
});

describe('writing a file', () => {
  it('writes a row for each item and all their fields as columns', async () => {
    const texts: Record<string, string> = {};
    const step = reading(texts, itemsOf({ a: 1 }, { a: 2, b: 'x' }));
    const { outputs } = await runNode(fileWriteNode, step);
    expect(texts).toEqual({ 'data.csv': 'a,b\n1,\n2,x\n' });
    expect(outputs['main']).toEqual([
      {
        json: { fileName: 'data.csv', mimeType: 'text/csv', size: 1, items: 2 },
        files: { data: fileOf('data.csv', 'text/csv') },
        source: [placeOn('main', 0), placeOn('main', 1)],
      },
    ]);
  });

  it.each([
    [{ fileName: 'all.jsonl' }, { 'all.jsonl': '{"a":1}\n' }],
    [{ format: 'json', file: 'orders' }, { 'orders.json': '[\n{"a":1}\n]\n' }],
    [{ format: 'text', fileName: 'all.csv' }, { 'all.csv': '{"a":1}' }],
  ])('takes the format from the name unless it is chosen: %o', async (parameters, expected) => {
    const texts: Record<string, string> = {};
    await runNode(fileWriteNode, reading(texts, itemsOf({ a: 1 }), parameters));
    expect(texts).toEqual(expected);
  });

  it('fails with what stops the writing', async () => {
    const files: NodeFiles = { ...filesOf({}), write: () => Promise.reject(new Error('The disk is full.')) };
    const step = { ...reading({}, itemsOf({ a: 1 })), context: { ports: { files } } };
    await expect(runNode(fileWriteNode, step)).rejects.toThrow('The disk is full.');
  });
});
