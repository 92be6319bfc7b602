import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestMailServer, type TestMailServer } from '../../../test/support/mail-server.js';
import { ownerEmail, startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { UnitOfWork } from '../database/unit-of-work.service.js';
import { RunJournal } from '../engine/journal/run-journal.service.js';
import { linkToken } from './link-token.js';

let mail: TestMailServer;
let server: TestServer;
beforeAll(async () => {
  mail = await startTestMailServer();
  server = await startTestServer({
    environment: { WFAIB_SMTP_URL: mail.url, WFAIB_SMTP_FROM: 'WFAIB <wfaib@example.test>' },
  });
});
afterAll(async () => {
  await server?.stop();
  await mail?.stop();
});

const until = async <Value>(look: () => Promise<Value | undefined> | Value | undefined): Promise<Value> => {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
const documentOf = (parameters: object) => ({
  wfaib: 1,
  name: 'Refund',
  nodes: [
    { id: 'start', name: 'Start', type: 'core.manual' },
    {
      id: 'ask',
      name: 'Ask',
      type: 'core.approval',
      parameters: { title: '=Refund {{ $json.sum }} EUR?', ...parameters },
    },
    { id: 'yes', name: 'Yes', type: 'core.noop' },
    { id: 'no', name: 'No', type: 'core.noop' },
    { id: 'late', name: 'Late', type: 'core.noop' },
  ],
  connections: [
    { from: { node: 'start' }, to: { node: 'ask' } },
    ...[
      ['approved', 'yes'],
      ['rejected', 'no'],
      ['timeout', 'late'],
    ].map(([port, node]) => ({ from: { node: 'ask', port }, to: { node } })),
  ],
});
/** Starts a run and waits until it asks. */
const ask = (parameters: object = {}) => startAsking(documentOf(parameters));
const startAsking = async (document: object) => {
  const { body } = await server.call('POST', '/api/runs', {
    json: { document, input: { sum: 7 } },
  });
  const run = await until(async () => {
    const found = (await server.call('GET', `/api/runs/${body.runId}`)).body;
    return found.status === 'waiting' ? found : undefined;
  });
  return {
    runId: run.id as string,
    id: run.waits[0].id as string,
    token: run.waits[0].token as string,
    wait: run.waits[0],
  };
};
const ended = async (runId: string) => (await server.call('GET', `/api/runs/${runId}?wait=10s`)).body;
const eventsOf = async (runId: string) =>
  (
    await server.db.database.query<{ type: string }>('SELECT type FROM run_event WHERE run_id = $1 ORDER BY seq', [
      runId,
    ])
  ).map(({ type }) => type);
const stepOf = (token: string) => token.slice(token.indexOf('.') + 1);
const decide = (runId: string, json: object) => server.call('POST', `/api/runs/${runId}/decide`, { json });
const anonymous = (method: string, path: string, json?: object) => server.call(method, path, { headers: {}, json });
const linksTo = (person: string) =>
  mail.mails.flatMap(({ to, text }) => (to.includes(person) ? (/\/approve\/([\w.-]+)/.exec(text)?.[1] ?? []) : []));
const linkFor = (person: string, nth = 0) => until(() => linksTo(person)[nth]);

describe('POST /api/runs/:id/decide', () => {
  it('approves, with who did it; the same again changes nothing, another is refused with who decided', async () => {
    const { runId, token } = await ask();
    const first = await decide(runId, { token, decision: 'approve', comment: 'fine' });
    expect(first.status).toBe(200);
    const run = await ended(runId);
    expect(run).toMatchObject({ status: 'succeeded', result: { nodeId: 'yes' } });
    expect(run.result.items[0].json).toMatchObject({
      sum: 7,
      approval: { decision: 'approved', comment: 'fine', data: null, by: ownerEmail },
    });
    const events = await eventsOf(runId);
    expect((await decide(runId, { token, decision: 'approve' })).status).toBe(200);
    expect(await eventsOf(runId)).toEqual(events);
    const other = await decide(runId, { token, decision: 'reject' });
    expect(other).toMatchObject({
      status: 409,
      body: { code: 'approval.decided', decidedBy: ownerEmail, decision: 'approved' },
    });
  });

  it('of two decisions at once one counts', async () => {
    const { runId, token } = await ask();
    const both = await Promise.all(['approve', 'reject'].map((decision) => decide(runId, { token, decision })));
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const counted = both[0]!.status === 200 ? 'yes' : 'no';
    expect((await ended(runId)).result.nodeId).toBe(counted);
  });

  it('refuses what does not fit the form, and says which field', async () => {
    const { runId, token } = await ask({ form: [{ name: 'budget', kind: 'number', required: true }] });
    const refused = await decide(runId, { token, decision: 'approve', data: { budget: 'much' } });
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'approval.formInvalid', problems: [{ field: 'budget' }] },
    });
    expect((await decide(runId, { token, decision: 'approve', data: { budget: 5 } })).status).toBe(200);
    expect((await ended(runId)).result.items[0].json.approval.data).toEqual({ budget: 5 });
  });

  it('is not asked again by a run that goes on after it', async () => {
    const { nodes, connections, ...rest } = documentOf({});
    const stop = { id: 'stop', name: 'Stop', type: 'core.stop', parameters: { message: 'no' } };
    const link = { from: { node: 'yes' }, to: { node: 'stop' } };
    const { runId, token } = await startAsking({
      ...rest,
      nodes: [...nodes, stop],
      connections: [...connections, link],
    });
    await decide(runId, { token, decision: 'approve' });
    expect((await ended(runId)).status).toBe('failed');
    const again = (await server.call('POST', `/api/runs/${runId}/retry`, { json: {} })).body;
    const run = await ended(again.runId);
    expect(run).toMatchObject({ status: 'failed', error: { nodeId: 'stop' } });
    expect(await eventsOf(again.runId)).toContain('wait.decided');
    expect(
      (await server.call('GET', '/api/approvals?status=done')).body.items.map((each: { runId: string }) => each.runId),
    ).not.toContain(again.runId);
  });

  it('knows no other token', async () => {
    const { runId, token } = await ask();
    expect((await decide(runId, { token: `${token}0`, decision: 'approve' })).status).toBe(404);
    expect((await decide(runId, { token: 'nonsense', decision: 'approve' })).status).toBe(404);
    const other = await ask();
    expect((await decide(runId, { token: other.token, decision: 'approve' })).status).toBe(404);
  });

  it('refuses a decision that comes too late', async () => {
    const { runId, token } = await ask({ timeout: '500ms' });
    const run = await ended(runId);
    expect(run.result).toMatchObject({
      nodeId: 'late',
      items: [{ json: { approval: { decision: 'timeout', timedOut: true } } }],
    });
    expect((await decide(runId, { token, decision: 'approve' })).status).toBe(409);
  });

  it('counts where it was taken in time, though its row is there only after the time limit', async () => {
    const { runId, token } = await ask({ timeout: '3s' });
    await server.app.get(UnitOfWork).run(async (tx) => {
      // As ApprovalDecisions does; held up between the look at the time and the commit.
      await tx.query('SELECT FROM run_wait WHERE run_id = $1 FOR UPDATE', [runId]);
      await until(async () => {
        const [found] = await server.db.database.query(
          'SELECT FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())',
        );
        return found;
      });
      const body = JSON.stringify({ decision: 'approved', by: 'ana@example.test', at: Date.now() });
      await tx.query(`INSERT INTO run_inbox (id, run_id, kind, step_key, body) VALUES ($1, $2, 'decision', $3, $4)`, [
        randomUUID(),
        runId,
        stepOf(token),
        body,
      ]);
    });
    expect((await ended(runId)).result.nodeId).toBe('yes');
  });

  it('is refused once a server found the time to be over, by whatever clock', async () => {
    const { runId, token } = await ask({ timeout: '1h' });
    const [{ epoch }] = (await server.db.database.query<{ epoch: number }>('SELECT epoch FROM run WHERE id = $1', [
      runId,
    ])) as [{ epoch: number }];
    await server.app.get(RunJournal).closeWait({ id: runId, epoch }, stepOf(token));
    expect((await decide(runId, { token, decision: 'approve' })).body.code).toBe('approval.ended');
  });
});

describe('the inbox', () => {
  it('shows what is asked and counts it, takes the decision, and keeps it to look up', async () => {
    const { runId, id } = await ask({ message: 'For the broken lamp.' });
    const { mine } = (await server.call('GET', '/api/approvals/count')).body;
    const [first] = (await server.call('GET', '/api/approvals')).body.items;
    expect(first).toMatchObject({
      id,
      runId,
      title: 'Refund 7 EUR?',
      message: 'For the broken lamp.',
      workflowName: 'Refund',
      status: 'open',
      isForMe: true,
      mayDecide: true,
    });
    const { status, body } = await server.call('POST', `/api/approvals/${id}/decide`, {
      json: { decision: 'reject', comment: 'no' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'rejected',
      mayDecide: false,
      decisions: [{ decision: 'rejected', by: ownerEmail, comment: 'no' }],
    });
    expect((await ended(runId)).result.nodeId).toBe('no');
    expect((await server.call('GET', '/api/approvals/count')).body.mine).toBe(mine - 1);
    expect((await server.call('GET', '/api/approvals?status=done&limit=1')).body).toMatchObject({
      items: [{ id, status: 'rejected' }],
      nextCursor: expect.any(String),
    });
    expect((await server.call('GET', `/api/approvals/${runId}`)).status).toBe(404);
    const nonsense = await server.call('POST', '/api/approvals/nope/decide', { json: { decision: 'approve' } });
    expect(nonsense).toMatchObject({ status: 404, body: { message: 'There is no approval nope.' } });
  });
});

describe('links', () => {
  const approvers = ['ana@example.test', 'ben@example.test', 'cem@example.test'];

  it('go by mail to each who is asked; two of three decide by them, without an account', async () => {
    const { runId } = await ask({ approvers, required: 2, message: 'See the attachment.' });
    const [ana, ben] = [await linkFor('ana@example.test'), await linkFor('ben@example.test')];
    expect(mail.mails[0]!.text).toContain('Subject: Refund 7 EUR?');
    expect(mail.mails[0]!.text).toContain('See the attachment.');
    const shown = await anonymous('GET', `/api/approval-links/${ana}`);
    expect(shown).toMatchObject({
      status: 200,
      body: { title: 'Refund 7 EUR?', you: 'ana@example.test', status: 'open', mayDecide: true, decisions: [] },
    });
    expect((await server.call('GET', `/api/runs/${runId}`)).body.status).toBe('waiting');
    const first = await anonymous('POST', `/api/approval-links/${ana}`, { decision: 'approve' });
    expect(first.body).toMatchObject({ status: 'open', mayDecide: false, decisions: [{ by: 'ana@example.test' }] });
    expect((await anonymous('POST', `/api/approval-links/${ana}`, { decision: 'reject' })).body.code).toBe(
      'approval.decided',
    );
    await anonymous('POST', `/api/approval-links/${ben}`, { decision: 'approve' });
    const run = await ended(runId);
    expect(run.result.items[0].json.approval).toMatchObject({
      by: 'ben@example.test',
      decisions: [{ by: 'ana@example.test' }, { by: 'ben@example.test' }],
    });
  });

  it('that were changed, or are for another approval, open nothing', async () => {
    await ask({ approvers: ['dee@example.test'] });
    const link = await linkFor('dee@example.test');
    for (const token of [`${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`, 'nonsense'])
      expect((await anonymous('GET', `/api/approval-links/${token}`)).status).toBe(404);
  });

  it('open nothing any more when their time is over', async () => {
    const { id: waitId, runId } = await ask({ approvers: ['dan@example.test'] });
    const [run] = await server.db.database.query<{ secret: string }>(
      'SELECT resume_secret AS secret FROM run WHERE id = $1',
      [runId],
    );
    const token = linkToken({ waitId, approver: 0, expiresAt: new Date(Date.now() - 5_000) }, run!.secret);
    for (const [method, json] of [['GET'], ['POST', { decision: 'approve' }]] as const)
      expect(await anonymous(method, `/api/approval-links/${token}`, json)).toMatchObject({
        status: 410,
        body: { code: 'approval.linkExpired' },
      });
  });

  it('are sent again as reminders, until the person has decided', async () => {
    const { runId, token } = await ask({ approvers: ['eve@example.test'], reminder: '1m' });
    await linkFor('eve@example.test');
    await server.db.database.query('UPDATE run_wait SET notify_at = now() WHERE run_id = $1', [runId]);
    expect(await linkFor('eve@example.test', 1)).toBeDefined();
    expect(mail.mails.at(-1)!.text).toContain('Subject: Reminder: Refund');
    await decide(runId, { token, decision: 'approve' });
    expect((await ended(runId)).status).toBe('succeeded');
  });

  it('whose mail the mail server refuses are kept, and sent when a person says so', async () => {
    mail.refuse(550, 1);
    await ask({ approvers: ['guy@example.test'] });
    const dead = await until(async () => (await server.call('GET', '/api/jobs/dead')).body.items[0]);
    expect(dead).toMatchObject({
      kind: 'approval.mail',
      attempts: 1,
      error: expect.stringContaining('refused the mail to guy@example.test'),
    });
    await server.call('POST', `/api/jobs/dead/${dead.id}/retry`);
    expect(await linkFor('guy@example.test')).toBeDefined();
  });

  it('the address of the wait decides where nobody is asked by name; a GET only leads to the page', async () => {
    const { runId, token, wait } = await ask();
    expect(wait.resumeUrl).toMatch(/\/resume\//);
    const page = await fetch(wait.resumeUrl, { redirect: 'manual' });
    expect([page.status, page.headers.get('location')]).toEqual([303, `${server.url}/approve/${token}`]);
    expect((await server.call('GET', `/api/runs/${runId}`)).body.status).toBe('waiting');
    expect((await anonymous('GET', `/api/approval-links/${token}`)).body).toMatchObject({ you: null, mayDecide: true });
    expect((await anonymous('POST', `/resume/${token}`, { decision: 'approve' })).status).toBe(200);
    expect((await ended(runId)).result.items[0].json.approval.by).toBe('somebody with the link');
    const named = await ask({ approvers: ['fay@example.test'] });
    expect((await anonymous('POST', `/resume/${named.token}`, { decision: 'approve' })).status).toBe(403);
  });
});
