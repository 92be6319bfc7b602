import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { childFolder } from './child-entry.js';
import { limited } from './process-limits.js';
import { SandboxChild } from './sandbox-child.js';
import { place } from './sandbox-answer.js';
import { SandboxError } from './sandbox.errors.js';
import { wrapperLength } from './child/strip-types.js';

const cacheSize = 500;
const limits = { deadlineMs: 5_000, maxRssMb: 1_024 };

/** Turns TypeScript into JavaScript in a child of its own, once per text. */
export class TypeStripper {
  private child: SandboxChild | undefined;
  private readonly cache = new Map<string, Promise<string>>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly onSpawn: (child: SandboxChild) => void) {}

  /** @throws SandboxError `code.syntax` */
  strip(code: string): Promise<string> {
    const key = createHash('sha256').update(code).digest('base64');
    const known = this.cache.get(key);
    if (known) return known;
    const stripped = this.last.then(() => this.ask(code));
    this.last = stripped.catch(() => undefined);
    this.cache.set(key, stripped);
    // A refusal that was our fault is not remembered.
    stripped.catch((error: SandboxError) => error.code !== 'code.syntax' && this.cache.delete(key));
    if (this.cache.size > cacheSize) this.cache.delete(this.cache.keys().next().value!);
    return stripped;
  }

  close(): void {
    this.child?.end();
  }

  private async ask(code: string): Promise<string> {
    this.child ??= this.spawn();
    if (!(await this.child.ready))
      throw new SandboxError('sandbox.unavailable', 'The TypeScript service could not be started.');
    const answer = await this.child.ask({ header: {}, body: code }, limits);
    if (typeof answer === 'string') {
      throw new SandboxError(
        'code.syntax',
        'The TypeScript of this step cannot be read: it is nested too deeply or too long.',
      );
    }
    if (answer.header.kind === 'output') return answer.body;
    // A parser that panicked is not asked again.
    this.child.end();
    throw syntaxError(String(answer.header.message), String(answer.header.stack));
  }

  private spawn(): SandboxChild {
    const folder = childFolder();
    const args = ['--permission', `--allow-fs-read=${folder}`, '--no-warnings', join(folder, 'strip-types-main.js')];
    const call = limited(process.execPath, args, { addressSpaceMb: 24_576, cpuSeconds: 600, openFiles: 64 });
    const child = new SandboxChild(call.command, call.args, () => (this.child = undefined));
    this.onSpawn(child);
    return child;
  }
}

// Node prints the offending line in front of the stack: `:line`, the text, and a row of carets below it.
function syntaxError(message: string, stack: string): SandboxError {
  const line = Number(/^[^\n]*:(\d+)\n/.exec(stack)?.[1]);
  const caret = /\n( *)\^/.exec(stack)?.[1]?.length ?? 0;
  if (Number.isNaN(line)) return new SandboxError('code.syntax', message);
  const at = { line, column: Math.max(1, caret + 1 - (line === 1 ? wrapperLength : 0)) };
  return new SandboxError('code.syntax', `${message}${place(at)}`, at);
}
