import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const thisRoot = fileURLToPath(new URL('../../', import.meta.url));

/** A server beside the one the launcher started, on the same database. Nobody starts it again when it dies. */
export interface ServerProcess {
  /** Address; for a worker, which listens to nobody, its role. */
  readonly url: string;
  readonly pid: number;
  signal(signal: NodeJS.Signals): void;
  /** Settles with the exit code, or the signal that ended it, and how long that took since the server was ready. */
  readonly exited: Promise<number | NodeJS.Signals>;
  /** Ends it whatever it does. */
  end(): Promise<void>;
}

/**
 * Starts `server/dist/main.js` with the environment of another server and waits until it is ready.
 * @param root folder of the build. @defaultValue that of this checkout
 */
export async function startServerProcess(
  env: Record<string, string>,
  role: string,
  root = thisRoot,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'server/dist/main.js')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, WFAIB_ROLE: role, WFAIB_PORT: '0' },
  });
  const log = createWriteStream(join(env['WFAIB_DATA_DIR']!, 'server.log'), { flags: 'a' });
  const exited = new Promise<number | NodeJS.Signals>((resolve) =>
    child.once('close', (code, signal) => resolve(signal ?? code ?? 0)),
  );
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        log.write(chunk);
        if (output.length > 100_000) return;
        output += chunk.toString();
        const found = /^WFAIB ready (\S+)$/m.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      });
    void exited.then((how) => reject(new Error(`The server ended (${how}) before it was ready:\n${output}`)));
  });
  return {
    url,
    pid: child.pid!,
    signal: (signal) => void child.kill(signal),
    exited,
    end: async () => {
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await exited;
    },
  };
}
