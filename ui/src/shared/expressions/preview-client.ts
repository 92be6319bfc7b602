import type { memberNames, namespaceNames, rootNames, viewNames } from '@wfaib/sdk/expressions/names';
import type { PreviewReply } from './evaluate-sample.js';
import type { ExpressionSample } from './sample-context.js';
import { t } from '../i18n/i18n.js';

/** A preview that takes longer is given up and its worker replaced, in milliseconds. */
const timeLimitMs = 400;
/** The worker's first answer waits for its code to load. */
const firstTimeLimitMs = 8_000;

export interface ExpressionNames {
  rootNames: typeof rootNames;
  memberNames: typeof memberNames;
  viewNames: typeof viewNames;
  namespaceNames: typeof namespaceNames;
}

interface Waiting {
  resolve(reply: PreviewReply): void;
  timer: ReturnType<typeof setTimeout>;
}

let worker: Worker | undefined;
let warm = false;
let sentSample: ExpressionSample | undefined;
let lastId = 0;
const waiting = new Map<number, Waiting>();

/**
 * Every name an expression can use. The worker tells them: it has the evaluator they come from, and the page does not
 * have to load it a second time.
 */
export function expressionNames(): Promise<ExpressionNames> {
  return (names ??= send({ names: true }, firstTimeLimitMs).then((reply) => {
    if (reply.ok) return reply.value as ExpressionNames;
    names = undefined;
    throw new Error(reply.message);
  }));
}

let names: Promise<ExpressionNames> | undefined;

/** Evaluates in a worker: an expression, however long it takes, never stops the page. */
export function previewInWorker(template: string, sample: ExpressionSample): Promise<PreviewReply> {
  const message = sample === sentSample ? { template } : { template, sample };
  const reply = send(message, warm ? timeLimitMs : firstTimeLimitMs);
  sentSample = sample;
  return reply;
}

function send(message: object, limitMs: number): Promise<PreviewReply> {
  return new Promise((resolve) => {
    const id = ++lastId;
    const target = (worker ??= startWorker());
    const giveUp = () => {
      stopWorker();
      resolve({ ok: false, message: t('expression.slow') });
    };
    waiting.set(id, { resolve, timer: setTimeout(giveUp, limitMs) });
    target.postMessage({ id, ...message });
  });
}

function startWorker(): Worker {
  const started = new Worker(new URL('./preview.worker.ts', import.meta.url), { type: 'module' });
  started.onmessage = ({ data }: MessageEvent<{ id: number; reply: PreviewReply }>) => {
    warm = true;
    const entry = waiting.get(data.id);
    if (!entry) return;
    waiting.delete(data.id);
    clearTimeout(entry.timer);
    entry.resolve(data.reply);
  };
  return started;
}

function stopWorker(): void {
  worker?.terminate();
  worker = undefined;
  warm = false;
  sentSample = undefined;
  for (const { resolve, timer } of waiting.values()) {
    clearTimeout(timer);
    resolve({ ok: false, message: t('expression.slow') });
  }
  waiting.clear();
}
