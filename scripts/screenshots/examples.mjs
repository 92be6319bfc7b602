import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { root } from '../launcher/paths.mjs';

const definitions = createRequire(join(root, 'test/package.json'))('@octokit/webhooks-examples');
const node = (id, name, type, position, parameters, more = {}) => ({ id, name, type, position, parameters, ...more });
const line = (...ids) => ids.slice(1).map((to, index) => ({ from: { node: ids[index] }, to: { node: to } }));

/** Fills an installation with workflows, credentials and runs that look like those of a small team. */
export async function fillWithExamples(wfaib) {
  const receiver = await startReceiver();
  try {
    for (const credential of credentials) await must(wfaib, 'POST', '/api/credentials', credential);
    await must(wfaib, 'POST', '/api/variables', { name: 'apiUrl', value: 'https://api.example.com' });
    await must(wfaib, 'POST', '/api/variables', { name: 'limits', value: { order: 500, day: 2000 } });
    for (const document of [newsletter, invoices]) await create(wfaib, document);
    await create(wfaib, reminders(receiver.url), { live: true });
    await must(wfaib, 'POST', '/api/runs', { workflowId: await create(wfaib, refunds, { live: true }), input: refund });
    const orders = await create(wfaib, orderIntake(receiver.url), { live: true });
    const triage = await create(wfaib, gitHubTriage(receiver.url), { live: true });
    for (const [qty, price] of [
      [2, 19.5],
      [1, 240],
      [40, 3],
    ])
      await wfaib.call('POST', '/hooks/orders', { qty, price, customer: 'Ines' });
    for (const name of ['push', 'star', 'pull_request', 'issues', 'issue_comment', 'release'])
      await send(wfaib, name, 0);
    receiver.status = 503;
    await send(wfaib, 'issues', 1);
    receiver.status = 200;
    const failedRun = await newest(wfaib, triage, 'failed');
    await send(wfaib, 'pull_request', 3);
    const triageRun = await send(wfaib, 'issues', 2);
    return { triage, orders, triageRun, failedRun };
  } finally {
    receiver.close();
  }
}

async function must(wfaib, method, path, body) {
  const answer = await wfaib.call(method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function create(wfaib, document, { live = false } = {}) {
  const { id } = await must(wfaib, 'POST', '/api/workflows', document);
  if (live) await must(wfaib, 'POST', `/api/workflows/${id}/publish`, {});
  return id;
}

/** Delivers a real payload of GitHub; answers the run it started. */
async function send(wfaib, name, index) {
  const { examples } = definitions.find((definition) => definition.name === name);
  const { headers } = await wfaib.call('POST', '/hooks/github', examples[index % examples.length], {
    'x-github-event': name,
    'x-github-delivery': `${name}-${index}`,
  });
  return headers.get('x-wfaib-run-id');
}

async function newest(wfaib, workflowId, status) {
  const { items } = await must(wfaib, 'GET', `/api/runs?workflowId=${workflowId}&status=${status}`);
  return items[0].id;
}

/** Stands in for the service the triage reports to; the port is that of the example. */
function startReceiver() {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(receiver.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(receiver.status === 200 ? { accepted: true } : { error: 'down for maintenance' }));
    });
  });
  const receiver = { url: '', status: 200, close: () => server.close() };
  return new Promise((resolve) => {
    const listening = () => {
      receiver.url = `http://127.0.0.1:${server.address().port}`;
      resolve(receiver);
    };
    server.once('error', () => server.listen(0, '127.0.0.1', listening));
    server.listen(4010, '127.0.0.1', listening);
  });
}

function gitHubTriage(url) {
  const document = JSON.parse(readFileSync(join(root, 'docs/examples/github-triage.json'), 'utf8'));
  const report = document.nodes.find(({ id }) => id === 'report');
  report.parameters.url = `${url}/triage`;
  report.retry = { maxAttempts: 3, initialMs: 200, factor: 2, maxMs: 1_000, jitter: false };
  return document;
}

function orderIntake(url) {
  return {
    wfaib: 1,
    name: 'Order intake',
    nodes: [
      node('hook', 'Order received', 'core.webhook', [0, 0], { path: 'orders', respond: 'respondNode' }),
      node('total', 'Total', 'core.set', [260, 0], { fields: { total: '={{ $json.body.qty * $json.body.price }}' } }),
      node('big', 'Large order', 'core.if', [520, 0], {
        conditions: [{ left: '={{ $json.total }}', op: 'gt', right: '100' }],
      }),
      node('tell', 'Tell sales', 'http.request', [780, -80], {
        method: 'POST',
        url: `${url}/sales`,
        body: '={{ $json }}',
      }),
      node('reply', 'Reply', 'core.respond', [1040, 0], { body: '={{ { total: $json.total } }}' }),
    ],
    connections: [
      ...line('hook', 'total', 'big'),
      { from: { node: 'big', port: 'true' }, to: { node: 'tell' } },
      { from: { node: 'big', port: 'false' }, to: { node: 'reply' } },
      ...line('tell', 'reply'),
    ],
  };
}

const newsletter = {
  wfaib: 1,
  name: 'Newsletter digest',
  nodes: [
    node('start', 'Start', 'core.manual', [0, 0], {}),
    node('limit', 'First ten', 'core.limit', [260, 0], { max: 10 }),
  ],
  connections: line('start', 'limit'),
};
const invoices = {
  wfaib: 1,
  name: 'Invoices to the ledger',
  nodes: [
    node('start', 'Invoice received', 'core.webhook', [0, 0], { path: 'invoices' }),
    node('each', 'Lines', 'core.split', [260, 0], { field: 'body.lines' }),
  ],
  connections: line('start', 'each'),
};
const reminders = (url) => ({
  wfaib: 1,
  name: 'Payment reminders',
  nodes: [
    node('start', 'Weekday mornings', 'core.schedule', [0, 0], { cron: ['30 8 * * MON-FRI'] }),
    node('ask', 'Open invoices', 'http.request', [260, 0], { url: `${url}/invoices` }),
  ],
  connections: line('start', 'ask'),
});

const refund = { customer: 'Ines', order: 1042, sum: 43, reason: 'The lamp came broken.' };
const refunds = {
  wfaib: 1,
  name: 'Refunds',
  nodes: [
    node('start', 'Refund asked for', 'core.manual', [0, 0], {}),
    node('boss', 'Shop owner', 'core.approval', [260, 0], {
      title: '=Refund {{ $json.sum }} EUR to {{ $json.customer }}?',
      message: '={{ $json.reason }}',
    }),
  ],
  connections: line('start', 'boss'),
};

const credentials = [
  { name: 'GitHub, triage bot', kind: 'bearer', values: { token: 'an example' } },
  { name: 'Ledger API', kind: 'header', values: { name: 'X-Api-Key', value: 'an example' } },
  { name: 'Mail relay', kind: 'basic', values: { username: 'relay', password: 'an example' } },
  {
    name: 'Warehouse (read only)',
    kind: 'postgres.connection',
    values: { host: 'db.example.com', database: 'warehouse', user: 'reader', password: 'an example' },
  },
];
