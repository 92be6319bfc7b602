import { ChevronUp, CircleCheck, FlaskConical, PanelBottom, Square, TriangleAlert, X } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { Link } from '@tanstack/react-router';
import { Button, IconButton } from '../../../shared/components/button.js';
import { Menu } from '../../../shared/components/menu.js';
import { StatusLabel } from '../../../shared/components/status.js';
import { useRunState, useRunStore } from '../../../shared/runs/run-store.js';
import { useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { worstTone } from '../problems-by-node.js';
import { ProblemsList } from './problems-list.js';
import { triggersOf } from './use-test-run.js';
import type { TestRun } from './use-test-run.js';
import { t } from '../../../shared/i18n/i18n.js';
import { shownKeys } from '../../../shared/i18n/shown-keys.js';
import { toldError } from '../../../shared/i18n/server-texts.js';

const TestInputDialog = lazy(() =>
  import('./test-input-dialog.js').then((module) => ({ default: module.TestInputDialog })),
);

interface BottomBarProps {
  test: TestRun;
  drawerOpen: boolean;
  onToggleDrawer(): void;
}

/** Test and Stop, the problems, and how the test run stands. */
export function BottomBar({ test, drawerOpen, onToggleDrawer }: BottomBarProps) {
  const store = useEditorStore();
  const problemsOpen = useEditor((state) => state.problemsOpen);
  const opener = useRef<HTMLButtonElement>(null);
  const problems = useEditor((state) => state.problems);
  const tone = worstTone(problems) ?? 'text-muted';
  const closeProblems = () => {
    store.getState().set({ problemsOpen: false });
    opener.current?.focus();
  };
  return (
    <>
      {problemsOpen && <ProblemsList onClose={closeProblems} />}
      <footer className="flex h-11 shrink-0 items-center gap-2 border-t border-line bg-surface px-3">
        <button
          ref={opener}
          type="button"
          aria-expanded={problemsOpen}
          onClick={() => store.getState().set({ problemsOpen: !problemsOpen })}
          className={`flex h-7 items-center gap-1.5 rounded-md px-2 text-12 font-medium hover:bg-subtle ${tone}`}
        >
          {problems.length > 0 ? (
            <TriangleAlert size={14} aria-hidden />
          ) : (
            <CircleCheck size={14} aria-hidden className="text-ok" />
          )}
          {problems.length === 0 ? t('editor.problems.none') : t('common.problems', { count: problems.length })}
        </button>
        <RunState />
        <div className="flex-1" />
        <TestButtons test={test} />
        <div className="flex flex-1 justify-end">
          <IconButton
            label={drawerOpen ? t('editor.data.hide') : t('editor.data.show')}
            pressed={drawerOpen}
            onClick={onToggleDrawer}
          >
            <PanelBottom size={16} />
          </IconButton>
        </div>
      </footer>
    </>
  );
}

function RunState() {
  const runId = useRunState((state) => state.runId);
  const status = useRunState((state) => state.progress.status);
  const connected = useRunState((state) => state.connected);
  const store = useRunStore();
  if (!runId) return null;
  const ended = status === 'succeeded' || status === 'failed' || status === 'cancelled';
  return (
    <div className="flex items-center gap-2 text-12" aria-live="polite">
      <span aria-hidden className="h-4 w-px bg-line" />
      <StatusLabel status={status ?? 'pending'} />
      {status === 'failed' && <Failure />}
      <Link
        to="/runs/$runId"
        params={{ runId }}
        search={{}}
        className="text-muted underline-offset-2 hover:text-ink hover:underline"
      >
        {t('editor.openRun')}
      </Link>
      {!connected && !ended && <span className="text-waiting">{t('editor.connecting')}</span>}
      {ended && (
        <IconButton label={t('editor.clearRun')} className="size-6!" onClick={() => store.getState().follow(undefined)}>
          <X size={13} />
        </IconButton>
      )}
    </div>
  );
}

/** Why the test failed, and the way to the step. */
function Failure() {
  const nodeId = useRunState(({ progress }) =>
    Object.keys(progress.steps).find((id) => progress.steps[id]?.status === 'failed'),
  );
  const store = useEditorStore();
  const document = useDocument();
  const error = useRunState(({ progress }) => (nodeId === undefined ? undefined : progress.steps[nodeId]?.error));
  const message = error && toldError(error);
  const name = document.nodes.find(({ id }) => id === nodeId)?.name;
  if (nodeId === undefined || name === undefined) return null;
  return (
    <button
      type="button"
      title={message}
      onClick={() => {
        store.getState().select({ nodes: [nodeId] });
        store.getState().set({ panelOpen: true });
      }}
      className="max-w-80 truncate text-failed underline-offset-2 hover:underline"
    >
      {message === undefined ? name : `${name}: ${message}`}
    </button>
  );
}

function TestButtons({ test }: { test: TestRun }) {
  const [asking, setAsking] = useState<string>();
  const document = useDocument();
  const catalog = useEditor((state) => state.catalog);
  const triggers = triggersOf(document, catalog);
  const { phase } = test;
  if (phase.kind === 'running' || phase.kind === 'stopping' || phase.kind === 'listening') {
    return (
      <Button
        icon={<Square size={13} className="fill-current" />}
        disabled={phase.kind === 'stopping'}
        onClick={() => void test.stop()}
      >
        {phase.kind === 'listening'
          ? t('editor.test.stopWaiting')
          : phase.kind === 'stopping'
            ? t('editor.test.stopping')
            : t('editor.test.stopShort')}
      </Button>
    );
  }
  const entries = triggers.flatMap((trigger) => [
    ...(trigger.type === 'core.webhook'
      ? [{ label: t('editor.test.waitFor', { name: trigger.name }), onSelect: () => void test.listen(trigger.id) }]
      : []),
    ...(trigger.type !== 'core.webhook' || trigger.pinned
      ? [
          {
            label: trigger.pinned
              ? t('editor.test.withPinned', { name: trigger.name })
              : t('editor.test.at', { name: trigger.name }),
            onSelect: () => void test.run({ startAt: trigger.id }),
          },
        ]
      : []),
    ...(trigger.type === 'core.manual'
      ? []
      : [{ label: t('editor.test.withLast', { name: trigger.name }), onSelect: () => void test.replay(trigger.id) }]),
    { label: t('editor.test.withJson', { name: trigger.name }), onSelect: () => setAsking(trigger.id) },
  ]);
  return (
    <>
      <div className="flex">
        <Button
          variant="primary"
          icon={<FlaskConical size={15} />}
          disabled={phase.kind === 'starting' || triggers.length === 0}
          title={triggers.length === 0 ? t('editor.test.triggerFirst') : shownKeys('Ctrl+Enter')}
          className={entries.length > 1 ? 'rounded-r-none!' : ''}
          onClick={() => void test.test()}
        >
          {t('editor.test.short')}
        </Button>
        {entries.length > 1 && (
          <Menu
            side="top"
            trigger={
              <button
                aria-label={t('editor.test.ways')}
                className="h-8 rounded-r-md border-l border-on-accent/25 bg-accent px-1.5 text-on-accent hover:opacity-90"
              >
                <ChevronUp size={15} />
              </button>
            }
            entries={entries}
          />
        )}
      </div>
      {asking !== undefined && (
        <Suspense fallback={null}>
          <TestInputDialog
            triggerId={asking}
            onClose={() => setAsking(undefined)}
            onStart={(startAt, input) => void test.run({ startAt, input })}
          />
        </Suspense>
      )}
    </>
  );
}
