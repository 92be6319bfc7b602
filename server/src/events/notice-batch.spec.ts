import { expect, it } from 'vitest';
import { maxEventBytes, NoticeBatch, readNotice } from './notice-batch.js';

it('packs many small events into few notifications, in order', () => {
  const batch = new NoticeBatch('me');
  const payloads = Array.from({ length: 1000 }, (_, i) => ({ run: `run-${i}` }));
  for (const payload of payloads) batch.add('run', payload);
  const texts = batch.take();
  expect(texts.length).toBeLessThan(10);
  expect(texts.every((text) => Buffer.byteLength(text) < 8000)).toBe(true);
  expect(texts.flatMap((text) => readNotice(text).events.map(([, payload]) => payload))).toEqual(payloads);
  expect(batch.isEmpty).toBe(true);
});

it('takes an event of the largest size, and refuses one byte more', () => {
  const batch = new NoticeBatch('3f2b0f9e-0000-4000-8000-000000000000');
  const largest = 'ä'.repeat((maxEventBytes - '["c",""]'.length) / 2);
  batch.add('c', largest);
  expect(Buffer.byteLength(batch.take()[0]!)).toBeLessThan(8000);
  expect(() => batch.add('c', `${largest}x`)).toThrow('more than 7800');
});
