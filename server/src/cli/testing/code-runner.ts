import type { CodeOutcome, CodeRequest, LogLine } from '../../nodes/core-node.types.js';

/** Runs the code of rehearsed steps in the sandbox, which is started with the first of them. */
export class CodeRunner {
  private started: Promise<Sandbox> | undefined;

  readonly run = async (request: CodeRequest, logs: LogLine[]): Promise<CodeOutcome> => {
    this.started ??= startSandbox();
    return (await this.started).run(request, logs);
  };

  /** Starts the children before they are needed. */
  warmUp(): void {
    this.started ??= startSandbox();
  }

  async close(): Promise<void> {
    (await this.started)?.close();
  }
}

interface Sandbox {
  run(request: CodeRequest, logs: LogLine[]): Promise<CodeOutcome>;
  close(): void;
}

/** Loaded only where it is needed: most tests need no children. */
async function startSandbox(): Promise<Sandbox> {
  const [{ SandboxService }, { CodePort }] = await Promise.all([
    import('../../sandbox/sandbox.service.js'),
    import('../../engine/steps/code-port.service.js'),
  ]);
  const sandbox = new SandboxService();
  sandbox.warmUp();
  const port = new CodePort(sandbox);
  return {
    run: (request, logs) => port.run('rehearsal', request, logs),
    close: () => sandbox.onApplicationShutdown(),
  };
}
