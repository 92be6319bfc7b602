import { Session } from 'node:inspector/promises';
import { setTimeout } from 'node:timers/promises';

/** A thread that does not answer is left alone after this long, in milliseconds. */
const patienceMs = 5_000;
/** Collects all there is and gives the pages back. */
const collect = JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' });

/**
 * Collects the garbage of the threads of this process. Each has a heap of its own, which keeps the pages it has freed;
 * code of ours, such as Temporal's workflows, has no way to ask for this inside of them, so the debugger's is taken.
 */
export async function collectThreads(): Promise<void> {
  const session = new Session();
  session.connect();
  try {
    const threads: string[] = [];
    session.on('NodeWorker.attachedToWorker', ({ params }) => threads.push(params.sessionId));
    await session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
    await Promise.all(threads.map((sessionId) => collectIn(session, sessionId)));
  } finally {
    session.disconnect();
  }
}

async function collectIn(session: Session, sessionId: string): Promise<void> {
  const over = new Promise<void>((resolve) => {
    const hear = ({ params }: { params: { sessionId: string } }) => params.sessionId === sessionId && resolve();
    session.on('NodeWorker.receivedMessageFromWorker', hear);
    session.on('NodeWorker.detachedFromWorker', hear);
  });
  await session.post('NodeWorker.sendMessageToWorker', { sessionId, message: collect });
  const patience = new AbortController();
  await Promise.race([
    over,
    setTimeout(patienceMs, undefined, { ref: false, signal: patience.signal }).catch(() => {}),
  ]);
  patience.abort();
}
