import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { Resizer } from '../../shared/components/resizer.js';
import { preloaded } from '../../shared/hooks/preloaded.js';
import { useStored } from '../../shared/hooks/use-stored.js';
import { useRunStore } from '../../shared/runs/run-store.js';
import { Autosave } from './autosave.js';
import type { SaveState } from './autosave.js';
import { Canvas } from './canvas/canvas.js';
import { CanvasActionsContext } from './canvas/canvas-actions.js';
import type { CanvasActions, PickerRequest } from './canvas/canvas-actions.js';
import { usePlacement } from './canvas/use-placement.js';
import type { Command } from './commands/command.js';
import { useCommands } from './commands/use-commands.js';
import { useShortcuts } from './commands/use-shortcuts.js';
import { usePinning } from './drawer/use-pinning.js';
import { EditorHeader } from './editor-header.js';
import { EditorBanner } from './editor-banner.js';
import { isWatching, useEditor, useEditorStore } from './editor-store.js';
import type { EditorStore, Layer } from './editor-store.js';
import { usePickStep } from './picker/use-pick-step.js';
import { usePublishing } from './publish/use-publishing.js';
import { BottomBar } from './run/bottom-bar.js';
import { useRunStep } from './run/use-run-step.js';
import { useTestRun } from './run/use-test-run.js';
import { useClipboard } from './use-clipboard.js';
import { useExtract } from './use-extract.js';
import { useProblems } from './use-problems.js';
import { t } from '../../shared/i18n/i18n.js';

const stepPanel = preloaded(() => import('./panel/step-panel.js').then((module) => module.StepPanel));
const loadLayers = () => import('./editor-layers.js');
const EditorLayers = lazy(() => loadLayers().then((module) => ({ default: module.EditorLayers })));
const picker = preloaded(() => import('./picker/picker.js').then((module) => module.Picker));
const ContextMenu = lazy(() =>
  import('./commands/context-menu.js').then((module) => ({ default: module.ContextMenu })),
);
const findBar = preloaded(() => import('./commands/find-bar.js').then((module) => module.FindBar));
const DataDrawer = lazy(() => import('./drawer/data-drawer.js').then((module) => ({ default: module.DataDrawer })));
const ListeningCard = lazy(() =>
  import('./run/listening-card.js').then((module) => ({ default: module.ListeningCard })),
);
const FocusMode = lazy(() => import('./focus/focus-mode.js').then((module) => ({ default: module.FocusMode })));
const CompareView = lazy(() => import('./compare/compare-view.js').then((module) => ({ default: module.CompareView })));
const Outline = lazy(() => import('./outline/outline.js').then((module) => ({ default: module.Outline })));

interface EditorLayoutProps {
  live: number | null;
  runId: string | undefined;
}

export function EditorLayout({ live, runId }: EditorLayoutProps) {
  const store = useEditorStore();
  const [saving, setSaving] = useState<SaveState>({ kind: 'saved' });
  const [picking, setPicking] = useState<PickerRequest>();
  const [menuAt, setMenuAt] = useState<{ x: number; y: number }>();
  const [panelWidth, setPanelWidth] = useStored('panel-width', 400);
  const [drawerHeight, setDrawerHeight] = useStored('drawer-height', 280);
  const [drawerOpen, setDrawerOpen] = useStored('drawer-open', false);
  const autosave = useMemo(() => new Autosave(store, setSaving), [store]);
  const publishing = usePublishing(live, autosave);
  const test = useTestRun(autosave);
  const panelOpen = useEditor((state) => state.panelOpen);
  const focusMode = useEditor((state) => state.focusMode && state.selection.nodes.length === 1);
  const view = useEditor((state) => state.view);
  const comparing = useEditor((state) => state.comparing);
  const finding = useEditor((state) => state.layer === 'find');
  const selectedId = useEditor((state) => state.selection.nodes.at(-1));
  const selected = useEditor((state) => state.history.document.nodes.find((node) => node.id === selectedId));
  const pinning = usePinning(selected);
  const { runStep, runFrom, question } = useRunStep(test, () => setDrawerOpen(true));

  useEffect(() => autosave.start(), [autosave]);
  // Not needed to show the canvas, and there before anyone asks for it.
  useEffect(() => {
    // What takes keys as soon as it is asked for.
    const wanted = [stepPanel.preload(), picker.preload(), findBar.preload(), loadLayers()];
    void Promise.all(wanted).catch(() => undefined);
  }, []);
  useShownRun(runId);
  useProblems();
  const importReport = useClipboard();
  const moves = useMoves();
  const runTo = (nodeId: string) => {
    setDrawerOpen(true);
    void test.test({ stopAt: nodeId });
  };
  const actions = useMemo(() => actionsFor(store, setPicking, setMenuAt), [store]);
  const closePicker = useCallback(() => {
    setPicking(undefined);
    focusSelection();
  }, []);
  const pick = usePick(() => setPicking(undefined));

  return (
    <CanvasActionsContext.Provider value={actions}>
      <WithCommands
        isBusy={() => picking !== undefined || isOverEditor(store.getState().layer)}
        targets={{
          test,
          autosave,
          togglePin: () => void pinning.toggle(),
          runToHere: () => selectedId && runTo(selectedId),
          runStep: () => selectedId && runStep(selectedId),
          runFrom: () => selectedId && runFrom(selectedId),
          toggleData: () => setDrawerOpen(!drawerOpen),
          discardDraft: () => void publishing.discardDraft(),
          ...moves,
        }}
      >
        {(commands, placement) => (
          <>
            <div className="flex h-full flex-col">
              <EditorHeader saving={saving} publishing={publishing} commands={commands} />
              <EditorBanner autosave={autosave} onState={setSaving} />
              {comparing ? (
                <Suspense fallback={null}>
                  <CompareView comparison={comparing} />
                </Suspense>
              ) : focusMode ? (
                <Suspense fallback={null}>
                  <FocusMode onRunStep={runStep} onRunToHere={runTo} />
                </Suspense>
              ) : (
                <div className="flex min-h-0 flex-1">
                  <div className="flex min-w-0 flex-1 flex-col">
                    <div className="relative min-h-0 flex-1">
                      {view === 'outline' ? (
                        <Suspense fallback={null}>
                          <Outline />
                        </Suspense>
                      ) : (
                        <Canvas />
                      )}
                      <Suspense fallback={null}>
                        {finding && <findBar.Part onClose={() => store.getState().set({ layer: undefined })} />}
                      </Suspense>
                      <Suspense fallback={null}>
                        {test.phase.kind === 'listening' && <ListeningCard phase={test.phase} />}
                      </Suspense>
                    </div>
                    {drawerOpen && (
                      <>
                        <Resizer
                          label={t('editor.dataHeight')}
                          orientation="horizontal"
                          value={drawerHeight}
                          min={140}
                          max={640}
                          onChange={setDrawerHeight}
                        />
                        <div style={{ height: drawerHeight }} className="max-h-[60%] shrink-0">
                          <Suspense fallback={null}>
                            <DataDrawer onRunToHere={runTo} onRunStep={runStep} />
                          </Suspense>
                        </div>
                      </>
                    )}
                  </div>
                  {panelOpen && (
                    <>
                      <Resizer
                        label={t('editor.panelWidth')}
                        orientation="vertical"
                        value={panelWidth}
                        min={320}
                        max={720}
                        onChange={setPanelWidth}
                      />
                      <PanelSide width={panelWidth} />
                    </>
                  )}
                </div>
              )}
              <BottomBar test={test} drawerOpen={drawerOpen} onToggleDrawer={() => setDrawerOpen(!drawerOpen)} />
            </div>
            <Suspense fallback={null}>
              {picking && (
                <picker.Part
                  request={picking}
                  onClose={closePicker}
                  onPick={(descriptor) => pick(descriptor, picking.placement)}
                />
              )}
              {menuAt && <ContextMenu at={menuAt} commands={commands} onClose={() => setMenuAt(undefined)} />}
              <EditorLayers
                publishing={publishing}
                commands={commands}
                onAddStep={(type) => {
                  const descriptor = store.getState().catalog.find(type);
                  if (descriptor) pick(descriptor, placement());
                }}
              />
            </Suspense>
            {question}
            {importReport}
          </>
        )}
      </WithCommands>
    </CanvasActionsContext.Provider>
  );
}

/** Who looks on adds nothing. */
const actionsFor = (
  store: EditorStore,
  openPicker: CanvasActions['openPicker'],
  openMenu: CanvasActions['openMenu'],
): CanvasActions => ({
  openPicker: (request) => !isWatching(store.getState()) && openPicker(request),
  openMenu,
});

function PanelSide({ width }: { width: number }) {
  return (
    <aside style={{ width }} className="max-w-[60%] shrink-0" data-panel onKeyDown={leavePanel}>
      <Suspense fallback={null}>
        <stepPanel.Part />
      </Suspense>
    </aside>
  );
}

function usePick(onPicked: () => void) {
  const pickStep = usePickStep();
  return (descriptor: NodeDescriptor, placement: PickerRequest['placement']) => {
    pickStep(descriptor, placement);
    onPicked();
  };
}

/** What leads to other workflows. */
function useMoves() {
  const extract = useExtract();
  const navigate = useNavigate();
  return {
    extract: () => void extract(),
    openWorkflow: (id: string) =>
      void navigate({ to: '/workflows/$workflowId', params: { workflowId: id }, search: {} }),
  };
}

/** Draws a run on the canvas, as the address asks for it. */
function useShownRun(runId: string | undefined): void {
  const runs = useRunStore();
  useEffect(() => {
    if (runId) runs.getState().follow(runId);
    return () => runs.getState().follow(undefined);
  }, [runs, runId]);
}

interface WithCommandsProps {
  /** A list is about to open: keys are meant for it. */
  isBusy(): boolean;
  targets: Parameters<typeof useCommands>[0];
  children(commands: Command[], placement: ReturnType<typeof usePlacement>): React.ReactNode;
}

/** Makes the list of commands and listens to their keys. It stands inside the context that opens the picker. */
function WithCommands({ targets, isBusy, children }: WithCommandsProps) {
  const commands = useCommands(targets);
  const placement = usePlacement();
  useShortcuts(commands, isBusy);
  return children(commands, placement);
}

const isOverEditor = (layer: Layer | undefined) =>
  layer !== undefined && (layer !== 'find' || !document.querySelector('[data-find]'));

function focusSelection(): void {
  document.querySelector<HTMLElement>('[data-step][tabindex="0"], [data-canvas]')?.focus({ preventScroll: true });
}

/** Esc in the panel leads back to the step; once more closes the panel. */
function leavePanel(event: React.KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  event.stopPropagation();
  document.querySelector<HTMLElement>('[data-step][tabindex="0"]')?.focus({ preventScroll: true });
}
