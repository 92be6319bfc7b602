// Turns TypeScript into JavaScript by blanking the types out, so that lines and columns stay. Not in the server, since
// the text is a stranger's; not in a sandbox child, since Node's type stripping needs WebAssembly, which these lack.
import { stripTypeScriptTypes } from 'node:module';
import { readFrames, writeFrame } from './frames.js';
import { stripWrapped } from './strip-types.js';

function strip(code: string): { header: Record<string, unknown>; body: string } {
  try {
    const body = stripWrapped(code, (wrapped) => stripTypeScriptTypes(wrapped, { mode: 'strip' }));
    return { header: { kind: 'output' }, body };
  } catch (error) {
    const { message, stack } = error as Error;
    return { header: { kind: 'syntax', message, stack: stack ?? '' }, body: '' };
  }
}

readFrames(
  process.stdin,
  ({ body }) => writeFrame(process.stdout, strip(body)),
  () => process.exit(1),
);
process.stdin.on('end', () => process.exit(0));
writeFrame(process.stdout, { header: { kind: 'ready' }, body: '' });
