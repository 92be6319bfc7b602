import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSettings } from '../config/read-settings.js';
import { ProcessTable } from './process-table.service.js';

let dataDir: string;
let table: ProcessTable;
let child: ChildProcess;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'wfaib-processes-'));
  table = new ProcessTable(readSettings({ DATABASE_URL: 'postgres://h/d', WFAIB_DATA_DIR: dataDir }));
  child = spawn('sleep', ['60']);
});
afterEach(() => {
  child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true });
});

const file = () => join(dataDir, 'processes.json');
const written = () => JSON.parse(readFileSync(file(), 'utf8'));

it('lists this process and its children by role', () => {
  table.register('all', process.pid);
  table.register('sandbox', child.pid!);
  expect(written()).toEqual([
    { role: 'all', pid: process.pid },
    { role: 'sandbox', pid: child.pid, parentPid: process.pid },
  ]);
  table.unregister(child.pid!);
  expect(written()).toEqual([{ role: 'all', pid: process.pid }]);
});

it('keeps what other servers wrote, without processes that are gone', async () => {
  const gone = spawn('true');
  await once(gone, 'exit');
  writeFileSync(
    file(),
    JSON.stringify([
      { role: 'worker', pid: child.pid },
      { role: 'api', pid: gone.pid },
    ]),
  );
  table.register('all', process.pid);
  expect(written()).toEqual([
    { role: 'worker', pid: child.pid },
    { role: 'all', pid: process.pid },
  ]);
});

it('lists what the launcher started too', () => {
  const children = [
    { role: 'postgres', pid: child.pid, startedAt: '1' },
    { role: 'server', pid: process.pid },
  ];
  writeFileSync(join(dataDir, 'launcher.json'), JSON.stringify({ pid: 1, children }));
  table.register('all', process.pid);
  expect(written()).toEqual([
    { role: 'postgres', pid: child.pid },
    { role: 'all', pid: process.pid },
  ]);
});

it('names nobody once the last server has left, though what the launcher started still ends', () => {
  const children = [{ role: 'postgres', pid: child.pid, startedAt: '1' }];
  writeFileSync(join(dataDir, 'launcher.json'), JSON.stringify({ pid: 1, children }));
  table.register('all', process.pid);
  table.clear();
  expect(written()).toEqual([]);
});

it('takes over from a file that was cut short and a lock that was left behind', () => {
  writeFileSync(file(), '[{"role":');
  writeFileSync(`${file()}.lock`, '');
  table.register('all', process.pid);
  expect(written()).toEqual([{ role: 'all', pid: process.pid }]);
});
