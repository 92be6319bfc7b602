import { Installation, sendEvents } from './installation.mjs';
import { docker, Stack, until } from './stack.mjs';
import { fileURLToPath } from 'node:url';

/** docker/compose.scale.yaml: 2 api and 3 worker processes behind nginx. Kills one of each in a stream of events. */
export async function tryScaled({ image, report }) {
  const stack = new Stack({
    project: 'wfaib-scaled',
    port: 3901,
    files: ['compose.yaml', 'compose.scale.yaml'],
    env: { WFAIB_IMAGE: image },
  });
  const wfaib = new Installation(stack.url);
  try {
    report('Scaled: 2 api, 3 worker, nginx: all healthy', `${((await stack.up()) / 1000).toFixed(1)} s`);
    await startReceiver(stack, image);
    const link = await until(
      'docker',
      ['compose', 'logs', '-f', 'api'],
      stack.env,
      (text) => [...text.matchAll(/"link":"([^"]+)"/g)].at(-1)?.[1],
    );
    await wfaib.setUp(link);
    const paths = [await wfaib.publish('auto'), await wfaib.publish('standard')];
    for (const service of ['api', 'worker', 'proxy']) await killOne(stack, wfaib, paths, service, report);
    report('Scaled: afterwards', await processes(stack));
    await stream(wfaib, paths[1], report);
    const big = await wfaib.call(
      'POST',
      paths[0],
      { text: 'x'.repeat(16.5 * 1024 * 1024) },
      { 'x-github-event': 'ping' },
    );
    report(
      'Scaled: a body over the limit',
      `${big.status} ${big.body?.code ?? ''}`,
      big.status === 413 && typeof big.body === 'object',
    );
  } finally {
    await docker('rm', '-f', `${stack.project}-receiver`).catch(() => undefined);
    await stack.down('-v');
  }
}

async function startReceiver(stack, image) {
  const script = fileURLToPath(new URL('receiver.mjs', import.meta.url));
  await docker(
    'run',
    '-d',
    '--no-healthcheck',
    '--name',
    `${stack.project}-receiver`,
    '--network',
    `${stack.project}_outside`,
    '--network-alias',
    'receiver',
    '-v',
    `${script}:/receiver.mjs:ro`,
    '--entrypoint',
    'node',
    image,
    '/receiver.mjs',
  );
}

async function killOne(stack, wfaib, paths, service, report) {
  const [id] = await stack.containers(service);
  let kill;
  const sent = await Promise.all(
    paths.map((path) =>
      sendEvents(wfaib, {
        path,
        prefix: `scaled-${service}-${path}`,
        count: 60,
        watch: (answered) => (kill ??= answered >= 20 ? stack.killHard(id) : undefined),
      }),
    ),
  );
  await kill;
  const ids = sent.flatMap((runs) => [...runs.values()]);
  const ends = await Promise.all(ids.map((run) => wfaib.ended(run)));
  const good = ends.filter(({ status }) => status === 'succeeded').length;
  report(`Scaled: kill -9 of one ${service}`, `${ids.length} accepted, ${good} finished`, good === ids.length);
}

/** Every process says in the database that it lives. */
async function processes(stack) {
  const sql = 'SELECT count(*) FROM process WHERE lease_until > clock_timestamp()';
  const count = await stack.compose([
    'exec',
    '-T',
    'postgres',
    'psql',
    '-U',
    'postgres',
    '-qAt',
    '-d',
    'wfaib',
    '-c',
    sql,
  ]);
  return `${count} processes with a lease`;
}

/** Events of a run arrive through nginx one by one, while the run goes on. */
async function stream(wfaib, path, report) {
  const id = await wfaib.deliver(path, 'streamed', { name: 'ping', body: { zen: 'x' } });
  const response = await fetch(`${wfaib.url}/api/runs/${id}/events`, {
    headers: { authorization: `Bearer ${wfaib.key}`, accept: 'text/event-stream' },
    signal: AbortSignal.timeout(20_000),
  });
  let text = '';
  for await (const chunk of response.body) {
    text += Buffer.from(chunk).toString();
    if (/run\.finished|run\.ended|"succeeded"/.test(text)) break;
  }
  const events = text.split('\n').filter((line) => line.startsWith('id:')).length;
  report(
    'Scaled: events of a run through nginx',
    `${events} received, ${response.headers.get('content-type')}`,
    events > 3,
  );
}
