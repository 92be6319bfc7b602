import { expect, it } from 'vitest';
import { residentBytes } from './resident-memory.service.js';

it('tells what a process has resident', () => {
  const own = residentBytes(process.pid)!;
  expect(Math.abs(own - process.memoryUsage.rss())).toBeLessThan(64 * 1024 * 1024);
});

it('tells nothing of a process that is gone or never was', () => {
  expect(residentBytes(2 ** 30)).toBeUndefined();
  expect(residentBytes(undefined)).toBeUndefined();
});
