import { docker } from './stack.mjs';

const oneShots = ['secrets', 'temporal-schema', 'temporal-namespace'];
const services = ['postgres', 'temporal', 'wfaib'];

/** What every container must be: without rights, without a way to write to its image. Answers what is wrong. */
export async function hardening(stack) {
  const wrong = [];
  for (const service of [...services, ...oneShots]) {
    const { HostConfig } = await stack.inspect(service);
    if (!HostConfig.ReadonlyRootfs) wrong.push(`${service}: its root file system can be written`);
    if (String(HostConfig.CapDrop) !== 'ALL') wrong.push(`${service}: capabilities are not dropped`);
    if (!HostConfig.SecurityOpt?.includes('no-new-privileges:true')) wrong.push(`${service}: may gain privileges`);
    if (!(HostConfig.Memory > 0 && HostConfig.PidsLimit > 0)) wrong.push(`${service}: no limit on memory or processes`);
  }
  for (const service of services) {
    const status = await stack.compose(['exec', '-T', service, 'cat', '/proc/1/status']);
    const field = (name) => new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(status)[1];
    if (field('Uid') === '0') wrong.push(`${service}: runs as root`);
    if (BigInt(`0x${field('CapEff')}`) !== 0n) wrong.push(`${service}: has capabilities ${field('CapEff')}`);
  }
  const published = (
    await docker('ps', '--filter', `label=com.docker.compose.project=${stack.project}`, '--format', '{{.Ports}}')
  )
    .split(/[\n,]/)
    .filter((port) => port.includes('->'));
  if (published.length !== 1 || !published[0].trim().startsWith('127.0.0.1:'))
    wrong.push(`published: ${published.join(', ')}`);
  return wrong;
}

/** The walls around user code hold in the container: limits are set, the files of the server are out of reach. */
export async function childWalls(stack) {
  const list = await stack.compose(['exec', '-T', 'wfaib', 'sh', '-ec', listChildren]);
  const children = list.split('\n').filter((line) => line.includes('--permission'));
  const wrong = [];
  if (!children.some((line) => line.includes('--jitless'))) wrong.push('no sandbox child is there');
  for (const line of children) {
    if (!/NoNewPrivs:\s*1/.test(line)) wrong.push(`a child may gain privileges: ${line.slice(0, 80)}`);
    if (!/limit:\s*\d+/.test(line)) wrong.push(`a child has no limit on memory: ${line.slice(0, 80)}`);
  }
  return wrong;
}

const listChildren = `for p in /proc/[0-9]*; do
  limit=$(sed -n 's/^Max address space *\\([0-9]*\\).*/\\1/p; s/^Max data size *\\([0-9]*\\) .*/\\1/p' $p/limits 2>/dev/null | tr '\\n' ' ')
  echo "$(tr '\\0' ' ' <$p/cmdline 2>/dev/null | cut -c1-600) limit: $limit $(grep NoNewPrivs $p/status 2>/dev/null)"
done`;

/** No secret of the installation is in a layer, in the settings of a container or in the compose file. */
export async function leakedSecrets(stack, image) {
  const secrets = (
    await stack.compose([
      'run',
      '--rm',
      '-T',
      '--no-deps',
      '--cap-add',
      'DAC_OVERRIDE',
      '--entrypoint',
      'sh',
      'secrets',
      '-c',
      'cat /run/wfaib/*',
    ])
  )
    .split('\n')
    .map((line) => /\/\/wfaib:([^@]+)@/.exec(line)?.[1] ?? line)
    .filter(Boolean);
  if (secrets.length !== 4) throw new Error(`Four secrets were expected, there are ${secrets.length}.`);
  const shown = [
    await docker('history', '--no-trunc', '--format', '{{.CreatedBy}}', image),
    await stack.compose(['config']),
  ];
  for (const id of await stack.containers()) shown.push(await docker('inspect', id));
  const files = await docker(
    'run',
    '--rm',
    '--network',
    'none',
    '--user',
    'root',
    '--entrypoint',
    'sh',
    image,
    '-c',
    `
    cat > /dev/null; grep -rlE -- '-----BEGIN [A-Z ]*PRIVATE KEY' /app/server /app/plugins /app/sdk /app/ui 2>/dev/null; find / -xdev -name '.env*' -o -xdev -name .npmrc -o -xdev -name .git | grep -v '^/usr/local/lib'; true`,
  );
  const leaks = secrets
    .filter((secret) => shown.some((text) => text.includes(secret)))
    .map(() => 'a secret is shown by docker inspect');
  return [...leaks, ...files.split('\n').filter(Boolean)];
}
