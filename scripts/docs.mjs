// Writes the pages that are made from the code: settings, core nodes, errors. `--check` only compares.
// Needs a build: the pages say what the built server does.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './launcher/paths.mjs';

const built = (path) => import(pathToFileURL(join(root, 'server/dist', path)).href);
const made = '<!-- Made by `node scripts/docs.mjs`; change the code instead. -->';

async function settingsPage() {
  const { settingsMarkdown } = await built('config/settings-table.js');
  return `# Settings

${made}

WFAIB reads its settings from the environment once, at the start. A name it does not know or a value it cannot use stops
the start with a sentence that says which. A setting marked \`_FILE\` may be given as a file that holds the value.

${settingsMarkdown()}

Temporal's other settings (TLS, API key and so on) go by the names that Temporal's own clients use, \`TEMPORAL_…\`.
`;
}

async function nodesPage() {
  const { coreNodes } = await built('nodes/core-nodes.js');
  const sections = [...coreNodes.values()].map(({ descriptor }) => nodeSection(descriptor));
  return `# Core nodes

${made}

What each node does, its parameters and its ports. Every node may carry \`retry\`, \`timeoutMs\`, \`onError\`, \`disabled\`,
\`alwaysOutput\`, \`executeOnce\` and \`pinned\` as well; with \`onError: "errorOutput"\` it has a port \`error\`.

${sections.join('\n\n')}
`;
}

function nodeSection({ type, label, description, work, fields, inputs, outputs, inputsFrom, outputsFrom }) {
  const ports = (list, from) =>
    from ? `named by \`${from.parameter}\`` : list.map(({ name }) => `\`${name}\``).join(', ') || 'none';
  const rows = Object.entries(fields)
    .filter(([, field]) => field.kind !== 'notice')
    .map(([name, field]) => `| \`${name}\` | ${field.kind} | ${defaultOf(field)} | ${cell(field)} |`);
  const table =
    rows.length === 0
      ? ''
      : `\n\n| Parameter | Kind | Default | Meaning |\n| --- | --- | --- | --- |\n${rows.join('\n')}`;
  const how = work === 'perItem' ? 'Works item by item.' : 'Works once, on all items.';
  return `## \`${type}\`: ${label}\n\n${description} ${how} In: ${ports(inputs, inputsFrom)}. Out: ${ports(outputs, outputsFrom)}.${table}`;
}

const defaultOf = (field) =>
  'default' in field ? `\`${JSON.stringify(field.default).replaceAll('|', '\\|')}\`` : field.required ? 'required' : '';
const cell = ({ label, help, choices }) =>
  [label, help, choices?.map(({ value }) => `\`${value}\``).join(', ')]
    .filter(Boolean)
    .join('. ')
    .replaceAll('..', '.')
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ');

const pages = { 'docs/settings.md': settingsPage, 'docs/reference/nodes.md': nodesPage };
const { format } = await import('prettier');
let stale = 0;
for (const [path, page] of Object.entries(pages)) {
  const file = join(root, path);
  const text = await format(await page(), { parser: 'markdown', printWidth: 120 });
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  stale++;
  if (process.argv.includes('--check'))
    process.stdout.write(`${path} is out of date. Run: npm run build && node scripts/docs.mjs\n`);
  else writeFileSync(file, text);
}
process.exit(process.argv.includes('--check') && stale > 0 ? 1 : 0);
