// sbom.mjs APP: the bill of materials of the image as CycloneDX JSON on standard output: the npm packages that are left after
// pruning (from `npm sbom`), Node.js, and Debian's packages. Without times and random numbers: equal builds, equal files.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const app = process.argv[2];
const run = (command, ...args) =>
  execFileSync(command, args, { cwd: app, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
const workspaces = ['sdk', 'server', ...readdirSync(join(app, 'plugins')).map((name) => `plugins/${name}`)];
const sbom = JSON.parse(
  run(
    'npm',
    'sbom',
    '--package-lock-only',
    '--omit=dev',
    '--sbom-format=cyclonedx',
    ...workspaces.flatMap((path) => ['-w', path]),
  ),
);

/** `name@version` of all packages below a folder. */
function installed(folder, found = new Set()) {
  for (const entry of readdirSync(folder, { recursive: true })) {
    if (!/(^|\/)node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(entry)) continue;
    const { name, version } = JSON.parse(readFileSync(join(folder, entry), 'utf8'));
    found.add(`${name}@${version}`);
  }
  return found;
}

const here = installed(app);
const own = workspaces.map((path) => JSON.parse(readFileSync(join(app, path, 'package.json'), 'utf8')).name);
const npm = sbom.components.filter(({ name, version }) => here.has(`${name}@${version}`) || own.includes(name));
const debian = run('dpkg-query', '-W', '-f', '${Package}\t${Version}\t${Architecture}\n')
  .trim()
  .split('\n')
  .map((line) => line.split('\t'))
  .map(([name, version, arch]) => {
    const purl = `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${arch}`;
    return { type: 'library', 'bom-ref': purl, name, version, purl };
  });
const node = {
  type: 'platform',
  'bom-ref': `node@${process.versions.node}`,
  name: 'node',
  version: process.versions.node,
};

const refs = new Set([...npm, ...debian, node, sbom.metadata.component].map((component) => component['bom-ref']));
sbom.metadata.component.name = 'wfaib';
delete sbom.serialNumber;
delete sbom.metadata.timestamp;
sbom.components = [...npm, node, ...debian];
sbom.dependencies = sbom.dependencies
  .filter(({ ref }) => refs.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((name) => refs.has(name)) }));
console.log(JSON.stringify(sbom, null, 2));
