import { lazy, Suspense, useRef, useState } from 'react';
import { notify, notifyError } from '../../../shared/components/toasts.js';
import { useRunStore } from '../../../shared/runs/run-store.js';
import { useEditorStore } from '../editor-store.js';
import { stepInput } from './step-input.js';
import type { TestRun } from './use-test-run.js';
import { t } from '../../../shared/i18n/i18n.js';

const Confirm = lazy(() =>
  import('../../../shared/components/confirm.js').then((module) => ({ default: module.Confirm })),
);

interface Wanted {
  nodeId: string;
  /** Without the steps after it. */
  alone: boolean;
}

/**
 * Runs one step alone, or everything from it on, with the items it got last. What writes to the outside is asked about once
 * a session.
 */
export function useRunStep(test: TestRun, onStart: () => void) {
  const store = useEditorStore();
  const runs = useRunStore();
  const allowed = useRef(new Set<string>());
  const [asking, setAsking] = useState<Wanted>();
  const nodeOf = (id: string) => store.getState().history.document.nodes.find((node) => node.id === id);

  const start = async ({ nodeId, alone }: Wanted) => {
    try {
      const input = await stepInput(store.getState().history.document, nodeId, runs.getState());
      if (!input) {
        notify(t('editor.runStep.noData'));
        return;
      }
      onStart();
      const items = input.map(({ json, files }) => (files ? { json, files } : { json }));
      const stop = alone ? { stopAt: nodeId } : {};
      await test.run({ startAt: nodeId, ...stop, input: items }, { keepEarlier: true });
    } catch (error) {
      notifyError(error);
    }
  };
  const ask = (wanted: Wanted) => {
    const { nodeId, alone } = wanted;
    const { catalog } = store.getState();
    const node = nodeOf(nodeId);
    if (!node) return;
    if (catalog.isTrigger(node.type)) void test.test({ trigger: nodeId, ...(alone ? { stopAt: nodeId } : {}) });
    else if (catalog.find(node.type)?.effect === 'write' && !node.pinned && !allowed.current.has(nodeId))
      setAsking(wanted);
    else void start(wanted);
  };
  const question = asking !== undefined && (
    <Suspense fallback={null}>
      <Confirm
        open
        title={t('editor.runStep.ask', { name: nodeOf(asking.nodeId)?.name ?? '' })}
        action={t('editor.runStep.action')}
        onClose={() => setAsking(undefined)}
        onConfirm={() => {
          allowed.current.add(asking.nodeId);
          setAsking(undefined);
          void start(asking);
        }}
      >
        {t('editor.runStep.text')}
      </Confirm>
    </Suspense>
  );
  return {
    runStep: (nodeId: string) => ask({ nodeId, alone: true }),
    runFrom: (nodeId: string) => ask({ nodeId, alone: false }),
    question,
  };
}
