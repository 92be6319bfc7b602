// The sandbox child: runs one piece of user code after the other, each in a fresh isolate. Started by the pool with
// --jitless --no-node-snapshot --permission, an empty environment and limits of the system; killed by it when late.
import { readFileSync } from 'node:fs';
import { execute } from './execute.js';
import type { Execution } from './execute.js';
import { readFrames, writeFrame } from './frames.js';
import { loadIsolatedVm } from './isolated-vm.js';

const [isolatedVmFolder, luxonFile] = process.argv.slice(2) as [string, string];
const tools = { ivm: loadIsolatedVm(isolatedVmFolder), luxon: readFileSync(luxonFile, 'utf8') };

readFrames(
  process.stdin,
  ({ header, body }) => {
    const report = (told: object): void =>
      writeFrame(process.stdout, { header: { kind: 'progress', ...told }, body: '' });
    const execution = { ...(header as unknown as Omit<Execution, 'input'>), input: body };
    void execute(tools, execution, report).then((result) => {
      const { output, ...rest } = 'output' in result ? result : { ...result, output: '' };
      writeFrame(process.stdout, { header: { ...rest, rssMb: process.memoryUsage.rss() / 1_048_576 }, body: output });
    });
  },
  () => process.exit(1),
);

// Without a server there is nothing left to do.
process.stdin.on('end', () => process.exit(0));
writeFrame(process.stdout, { header: { kind: 'ready' }, body: '' });
