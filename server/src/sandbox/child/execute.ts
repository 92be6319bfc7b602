import type ivm from 'isolated-vm';
import { parameterNames, prelude } from './prelude.js';
import { ProgressSlate, type Report } from './progress-slate.js';

/** What the parent asks a child to run; `input` is passed on unread. */
export interface Execution {
  code: string;
  mode: 'all' | 'each';
  input: string;
  timeoutMs: number;
  memoryMb: number;
  maxOutputChars: number;
}

/** `output` is the JSON text the prelude wrote; otherwise what stopped the code. */
export type ExecutionResult =
  | { kind: 'output'; output: string; cpuMs: number }
  | {
      kind: 'syntax' | 'timeout' | 'memory' | 'failed';
      message: string;
      line?: number;
      column?: number;
      cpuMs: number;
    };

interface Tools {
  ivm: typeof ivm;
  luxon: string;
}

const wrapper = `(async function (${parameterNames.join(', ')}) {`;
const usesDates = /\b(DateTime|Duration|Interval|luxon)\b|\$now|\$today/;

/** Runs user code once, in an isolate of its own. */
export async function execute(
  tools: Tools,
  execution: Execution,
  report: (told: Report) => void,
): Promise<ExecutionResult> {
  const isolate = new tools.ivm.Isolate({ memoryLimit: execution.memoryMb });
  let late = false;
  // The limit of the isolate does not cover a promise that never settles; ending the isolate does.
  const timer = setTimeout(() => {
    late = true;
    if (!isolate.isDisposed) isolate.dispose();
  }, execution.timeoutMs + 50);
  const slate = new ProgressSlate(report);
  try {
    const output = await runIn(isolate, tools, execution, slate);
    return { kind: 'output', output, cpuMs: cpuMsOf(isolate) };
  } catch (error) {
    return { ...explain(error as Error, late, isolate.isDisposed), cpuMs: cpuMsOf(isolate) };
  } finally {
    clearTimeout(timer);
    slate.close();
    if (!isolate.isDisposed) isolate.dispose();
  }
}

async function runIn(isolate: ivm.Isolate, tools: Tools, execution: Execution, slate: ProgressSlate): Promise<string> {
  const context = await isolate.createContext();
  if (usesDates.test(execution.code)) await context.eval(tools.luxon, { filename: 'wfaib:luxon' });
  const main = await context.eval(prelude, { filename: 'wfaib:prelude', reference: true });
  // The wrapper stands on the first line of the user's code, so that lines and columns are the user's.
  const script = await isolate.compileScript(`${wrapper}${execution.code}\n})`, {
    filename: 'code',
    columnOffset: -wrapper.length,
  });
  const run = await script.run(context, { reference: true, timeout: execution.timeoutMs });
  const { input, mode, maxOutputChars } = execution;
  const memory = new tools.ivm.ExternalCopy(slate.memory).copyInto();
  return (await main.apply(undefined, [input, mode, maxOutputChars, run.derefInto(), memory], {
    timeout: execution.timeoutMs,
    result: { promise: true, copy: true },
  })) as string;
}

function explain(
  error: Error,
  late: boolean,
  disposed: boolean,
): Omit<Extract<ExecutionResult, { message: string }>, 'cpuMs'> {
  if (late || /timed out/.test(error.message)) return { kind: 'timeout', message: 'The code took too long.' };
  if (disposed || /memory limit|out of memory/i.test(error.message))
    return { kind: 'memory', message: 'The code used too much memory.' };
  const at = /\[?code:(\d+):(\d+)\]?/.exec(`${error.message}\n${error.stack ?? ''}`);
  const message = error.message.replace(/\s*\[code:\d+:\d+\]/, '');
  return {
    kind: error.name === 'SyntaxError' || error instanceof SyntaxError ? 'syntax' : 'failed',
    message,
    ...(at ? { line: Number(at[1]), column: Number(at[2]) } : {}),
  };
}

function cpuMsOf(isolate: ivm.Isolate): number {
  return isolate.isDisposed ? 0 : Number(isolate.cpuTime) / 1e6;
}
