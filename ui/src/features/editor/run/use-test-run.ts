import type { WorkflowDocument, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { useEffect, useMemo, useRef, useState } from 'react';
import { notify, notifyError } from '../../../shared/components/toasts.js';
import { followRuns } from '../../../api/live.js';
import { cancelRun } from '../../../shared/runs/api/cancel-run.js';
import { isOpen } from '../../../shared/runs/api/use-run.js';
import { useRunState, useRunStore } from '../../../shared/runs/run-store.js';
import { listenForCall, startTestRun, testRunSince } from '../api/start-test-run.js';
import type { Listening } from '../api/start-test-run.js';
import type { Autosave } from '../autosave.js';
import { useEditorStore } from '../editor-store.js';
import type { NodeCatalog } from '../../../shared/steps/node-catalog.js';
import { lastEvent } from './step-input.js';
import { t } from '../../../shared/i18n/i18n.js';

export type TestPhase =
  | { kind: 'idle' | 'starting' | 'running' | 'stopping' }
  | ({ kind: 'listening'; nodeId: string; since: number } & Listening);

/** Runs the draft, or waits for the call that will. */
export function useTestRun(autosave: Autosave) {
  const store = useEditorStore();
  const runs = useRunStore();
  const [phase, setPhase] = useState<TestPhase>({ kind: 'idle' });
  const status = useRunState((state) => state.progress.status);
  const runId = useRunState((state) => state.runId);
  const running = runId !== undefined && (status === undefined || isOpen(status));

  useEffect(() => {
    if (status !== undefined && !isOpen(status))
      setPhase((now) => (now.kind === 'running' || now.kind === 'stopping' ? { kind: 'idle' } : now));
  }, [status]);
  useListening(phase, setPhase, store.getState().workflowId, (id) => runs.getState().follow(id));

  const actions = useMemo(() => {
    const attempt = async (work: () => Promise<void>) => {
      // From here on what a step lacks stands in the way.
      store.getState().set({ fresh: new Set() });
      try {
        await work();
      } catch (error) {
        setPhase({ kind: 'idle' });
        notifyError(error);
      }
    };
    const run = (
      options: { startAt?: string; stopAt?: string; input?: unknown },
      follow: { keepEarlier?: boolean } = {},
    ) =>
      attempt(async () => {
        setPhase({ kind: 'starting' });
        await autosave.flush();
        const { runId: id } = await startTestRun({ workflowId: store.getState().workflowId, ...options });
        runs.getState().follow(id, follow);
        setPhase({ kind: 'running' });
      });
    const listen = (nodeId: string) =>
      attempt(async () => {
        setPhase({ kind: 'starting' });
        await autosave.flush();
        const since = Date.now() - 2_000;
        const listening = await listenForCall(store.getState().workflowId, nodeId);
        setPhase({ kind: 'listening', nodeId, since, ...listening });
      });
    /** Starts the way this trigger starts: a webhook waits for a call, unless its output is pinned. */
    const test = (options: { trigger?: string; stopAt?: string } = {}) => {
      const { history, catalog } = store.getState();
      const trigger = triggersOf(history.document, catalog).find(
        (node) => !options.trigger || node.id === options.trigger,
      );
      const stop = options.stopAt ? { stopAt: options.stopAt } : {};
      if (trigger?.type === 'core.webhook' && !trigger.pinned) return listen(trigger.id);
      return run({ ...(trigger ? { startAt: trigger.id } : {}), ...stop });
    };
    /** Starts with what the trigger gave in the newest run that was no test. */
    const replay = (trigger: string) =>
      attempt(async () => {
        const items = await lastEvent(store.getState().workflowId, trigger, 'production');
        if (!items) {
          notify(t('editor.test.nothingCameIn'));
          return;
        }
        await run({ startAt: trigger, input: items.map(({ json, files }) => (files ? { json, files } : { json })) });
      });
    return { run, listen, test, replay };
  }, [autosave, store, runs]);

  const stop = async () => {
    if (phase.kind === 'listening') {
      setPhase({ kind: 'idle' });
      return;
    }
    if (!runId || !running) return;
    setPhase({ kind: 'stopping' });
    await cancelRun(runId).catch(notifyError);
  };
  return { phase: running && phase.kind === 'idle' ? ({ kind: 'running' } as const) : phase, ...actions, stop };
}

export type TestRun = ReturnType<typeof useTestRun>;

/** The triggers a test may start at. */
export function triggersOf(document: WorkflowDocument, catalog: NodeCatalog): WorkflowNode[] {
  return document.nodes.filter((node) => catalog.isTrigger(node.type) && !node.disabled);
}

/** Takes the run from the stream of the project; what the stream may have missed is looked up. */
function useListening(
  phase: TestPhase,
  setPhase: (phase: TestPhase) => void,
  workflowId: string,
  onRun: (runId: string) => void,
): void {
  const latest = useRef(onRun);
  latest.current = onRun;
  useEffect(() => {
    if (phase.kind !== 'listening') return;
    let heard = false;
    const take = (runId: string | undefined) => {
      if (!runId || heard) return;
      heard = true;
      latest.current(runId);
      setPhase({ kind: 'running' });
    };
    const lookUp = () => void testRunSince(workflowId, phase.since).then(take, () => undefined);
    const stop = followRuns((change) => {
      if (change.mode === 'test' && change.workflowId === workflowId) take(change.runId);
    }, lookUp);
    const expiry = setTimeout(() => setPhase({ kind: 'idle' }), Math.max(0, Date.parse(phase.expiresAt) - Date.now()));
    return () => {
      heard = true;
      stop();
      clearTimeout(expiry);
    };
  }, [phase, setPhase, workflowId]);
}
