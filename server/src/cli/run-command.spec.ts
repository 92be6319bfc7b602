import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.js';

const document = {
  wfaib: 1,
  name: 'Doubling',
  nodes: [
    { id: 'start', name: 'Start', type: 'core.manual' },
    { id: 'big', name: 'Is big', type: 'core.if', parameters: { condition: '={{ $json.n > 5 }}' } },
    { id: 'set', name: 'Double', type: 'core.set', parameters: { fields: { n: '={{ $json.n * 2 }}' } } },
  ],
  connections: [
    { from: { node: 'start', port: 'main' }, to: { node: 'big', port: 'main' } },
    { from: { node: 'big', port: 'false' }, to: { node: 'set', port: 'main' } },
  ],
};

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wfaib-cli-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

async function wfaib(...args: string[]) {
  let [output, errors] = ['', ''];
  const code = await runCommand(args, {
    environment: {},
    write: (text) => (output += text),
    writeError: (text) => (errors += text),
  });
  return { code, output, errors };
}

describe('the command line', () => {
  it('tells its commands, and what each of them takes', async () => {
    expect((await wfaib()).output).toContain('workflow pull');
    expect(await wfaib('workflow', 'push', '--help')).toMatchObject({
      code: 0,
      output: expect.stringContaining('--force') as string,
    });
  });

  it.each([
    ['workflow', 'pul'],
    ['logs'],
    ['test', '--bogus'],
    ['run', 'x', '--url', 'nowhere'],
    ['test', 'none.test.json'],
  ])('ends with 2 and a sentence where it is used wrongly: %s %s', async (...args) => {
    const { code, output, errors } = await wfaib(...args);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors.trim().split('\n')).toHaveLength(1);
  });

  it('writes errors for machines, too', async () => {
    const { code, errors } = await wfaib('workflow', 'diff', '--json', 'none.json', 'nor-this.json');
    expect(code).toBe(2);
    expect(JSON.parse(errors)).toMatchObject({ error: { code: 'cli.fileUnreadable' } });
  });

  it('compares two files: 0 when they are the same, 1 when they differ', async () => {
    const one = write('one.json', document);
    const other = write('other.json', { ...document, name: 'Other' });
    expect(await wfaib('workflow', 'diff', one, one)).toMatchObject({ code: 0 });
    const { code, output } = await wfaib('workflow', 'diff', one, other, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(output)).toEqual([
      { kind: 'document.changed', fields: [{ path: 'name', from: 'Doubling', to: 'Other' }] },
    ]);
  });

  it('checks files without a server', async () => {
    expect(await wfaib('workflow', 'validate', '--offline', write('good.json', document))).toMatchObject({ code: 0 });
    const bad = write('bad.json', { ...document, connections: [{ from: { node: 'start' }, to: { node: 'gone' } }] });
    const { code, output } = await wfaib('workflow', 'validate', '--offline', bad);
    expect({ code, output }).toMatchObject({
      code: 1,
      output: expect.stringContaining('connection.dangling') as string,
    });
  });
});

describe('wfaib test, the command', () => {
  it('fails where too little is covered, and names what never ran', async () => {
    write('doubling.json', document);
    const test = write('doubling.test.json', {
      cases: [{ name: 'doubles', input: { n: 2 }, expect: { result: { n: 4 } } }],
    });
    expect(await wfaib('test', folder)).toMatchObject({ code: 0 });
    const { code, output } = await wfaib('test', test, '--min-coverage', '100');
    expect(code).toBe(1);
    expect(output).toContain('coverage 80 %, less than the 100 % asked for: nodes 3/3, branches 1/2');
    expect(output).toContain('never: "Is big" by true');
  });

  it('shows what was expected, what came, and the journal of a case that failed', async () => {
    const path = write('doubling.json', document);
    write('doubling.test.json', { cases: [{ name: 'doubles', input: { n: 2 }, expect: { result: { n: 5 } } }] });
    const { code, output } = await wfaib('test', path);
    expect(code).toBe(1);
    expect(output).toMatch(/✕ doubles.*\n +result\[0\]\.n\n +expected: 5\n +actual: +4\n +\+0ms +run\.created/);
    expect(output).toContain('0 of 1 cases passed in 1 file');
  });

  it('says what is wrong with a test file or its document', async () => {
    write('doubling.json', document);
    const test = write('doubling.test.json', { cases: [{ name: 'doubles', expects: {} }] });
    expect(await wfaib('test', test)).toMatchObject({ code: 2, errors: expect.stringContaining('cases.0') as string });
    write('doubling.test.json', { cases: [{ name: 'doubles' }] });
    write('doubling.json', { ...document, nodes: document.nodes.slice(0, 2) });
    expect(await wfaib('test', test)).toMatchObject({
      code: 1,
      output: expect.stringContaining('connection.dangling') as string,
    });
  });
});

describe('pull and push', () => {
  interface Stored {
    id: string;
    name: string;
    draft: typeof document;
    revision: number;
  }
  let server: Server;
  let url: string;
  let stored: Stored[];
  /** Called before a draft is saved: somebody may be faster. */
  let before: () => void;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const answer = (status: number, body: unknown): void => void response.writeHead(status).end(JSON.stringify(body));
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { pathname } = new URL(request.url!, 'http://localhost');
        const found = stored.find(({ id }) => pathname.endsWith(id));
        const shown = (workflow: Stored) => ({ ...workflow, live: null, versions: [], problems: [] });
        const sent = () => JSON.parse(Buffer.concat(chunks).toString()) as typeof document;
        if (request.method === 'GET' && !found) return answer(200, { items: stored.map(shown), nextCursor: null });
        if (request.method === 'GET') return answer(200, shown(found!));
        if (request.method === 'POST') {
          stored.push({ id: idOf(stored.length), name: sent().name, draft: sent(), revision: 1 });
          return answer(201, shown(stored.at(-1)!));
        }
        before();
        if (request.headers['if-match'] !== `"${found!.revision}"`)
          return answer(409, { code: 'workflow.conflict', message: 'Somebody was faster.' });
        Object.assign(found!, { draft: sent(), name: sent().name, revision: found!.revision + 1 });
        return answer(200, shown(found!));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());
  beforeEach(() => {
    stored = [];
    before = () => undefined;
  });

  const idOf = (index: number) => `00000000-0000-7000-8000-00000000000${index}`;
  const call = (...args: string[]) => wfaib(...args, '--url', url);
  const put = (name: string): void =>
    void stored.push({ id: idOf(stored.length), name, draft: { ...document, name }, revision: 1 });

  it('pulls all workflows, each to a file of its own, also where names are the same', async () => {
    for (const name of ['Übung 1', 'Same', 'Same']) put(name);
    expect(await call('workflow', 'pull', '--all', '--dir', folder)).toMatchObject({ code: 0 });
    expect(readdirSync(folder).toSorted()).toEqual(['.wfaib.json', 'same.000002.json', 'same.json', 'ubung-1.json']);
    expect((await call('workflow', 'pull', '--all', '--dir', folder)).output.match(/unchanged/g)).toHaveLength(3);
  });

  it('makes a new workflow of a new file, once', async () => {
    const file = write('new.json', document);
    expect((await call('workflow', 'push', file)).output).toContain('created');
    writeFileSync(file, JSON.stringify({ ...document, name: 'Tripling' }));
    expect((await call('workflow', 'push', file)).output).toContain('saved');
    expect(stored).toMatchObject([{ name: 'Tripling', revision: 2 }]);
  });

  it('asks whether a file is the workflow of the same name, rather than guess', async () => {
    put('Doubling');
    const file = write('doubling.json', { ...document, settings: { timezone: 'Europe/Berlin' } });
    expect(await call('workflow', 'push', file)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('--workflow') as string,
    });
    expect(await call('workflow', 'push', file, '--workflow', idOf(0))).toMatchObject({ code: 1 });
    expect(await call('workflow', 'push', file, '--workflow', idOf(0), '--force')).toMatchObject({ code: 0 });
    expect(stored).toHaveLength(1);
  });

  it('saves nothing when somebody is faster by a moment', async () => {
    put('Doubling');
    const file = join(folder, 'doubling.json');
    await call('workflow', 'pull', 'Doubling', file);
    writeFileSync(file, readFileSync(file, 'utf8').replace('$json.n * 2', '$json.n + $json.n'));
    before = () => Object.assign(stored[0]!, { revision: 7 });
    const { code, errors } = await call('workflow', 'push', file);
    expect(code).toBe(1);
    expect(errors).toContain('the server is at revision 7');
    expect(stored[0]!.draft).toEqual(document);
  });
});
