import type { RunEvent } from './run-event.js';
import { streamEventNames } from './run-event.js';

export interface LiveHandlers {
  onEvent(event: RunEvent, seq: number): void;
  /** A step says how far it is. */
  onProgress?(progress: StepProgress): void;
  /** The stream broke (it comes back by itself) or is up again. */
  onConnection?(connected: boolean): void;
}

/** How far a step that is at work is: `fraction` from 0 to 1; when its try began, and when it said so. */
export interface StepProgress {
  step: string;
  attempt: number;
  fraction: number;
  text?: string;
  since: number;
  at: number;
}

/**
 * Follows a run. The browser resumes with `Last-Event-ID` after a break; the stream is closed here once the run has
 * finished, else the browser would connect again for ever. `after` is the number of the last event that is known.
 */
export function followRun(runId: string, handlers: LiveHandlers, after = 0): () => void {
  const source = new EventSource(`/api/runs/${encodeURIComponent(runId)}/events${after > 0 ? `?after=${after}` : ''}`);
  let lastSeq = -1;
  const receive = (message: MessageEvent<string>) => {
    const seq = Number(message.lastEventId);
    if (Number.isFinite(seq) && message.lastEventId !== '') {
      if (seq <= lastSeq) return;
      lastSeq = seq;
    }
    const event = eventOf(message);
    if (!event) return;
    handlers.onEvent(event, seq);
    if (event.type === 'run.finished') source.close();
  };
  source.onmessage = receive;
  // The stream calls a wait that ended news of its step.
  for (const type of [...streamEventNames, 'step.resumed']) source.addEventListener(type, receive);
  source.addEventListener('step.progress', (message: MessageEvent<string>) =>
    handlers.onProgress?.(JSON.parse(message.data) as StepProgress),
  );
  source.onopen = () => handlers.onConnection?.(true);
  source.onerror = () => handlers.onConnection?.(false);
  return () => source.close();
}

/** A run of the project changed. */
export interface RunChange {
  runId: string;
  workflowId: string | null;
  status: string;
  mode: 'production' | 'test';
}

/** Hears of every run of the project that changes; `onGap` says that something may have been missed. */
export function followRuns(onChange: (change: RunChange) => void, onGap: () => void): () => void {
  const source = new EventSource('/api/events');
  let opened = false;
  source.addEventListener('run.changed', (message: MessageEvent<string>) =>
    onChange(JSON.parse(message.data) as RunChange),
  );
  source.addEventListener('gap', onGap);
  // What happened while the stream was down, or before it was up, was not heard.
  source.onopen = () => {
    opened = true;
    onGap();
  };
  source.onerror = () => {
    if (opened) onGap();
  };
  return () => source.close();
}

function eventOf(message: MessageEvent<string>): RunEvent | undefined {
  try {
    const data = JSON.parse(message.data) as Record<string, unknown>;
    const inner = (data['data'] as Record<string, unknown> | undefined) ?? {};
    const type = data['type'] ?? inner['type'] ?? message.type;
    return { ...inner, ...data, type } as unknown as RunEvent;
  } catch {
    return undefined;
  }
}
