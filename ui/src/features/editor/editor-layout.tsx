import { useCallback, useEffect, useMemo, useState } from 'react';
import { Resizer } from '../../shared/components/resizer.js';
import { notify, notifyError } from '../../shared/components/toasts.js';
import { newId } from '../../shared/hooks/new-id.js';
import { useStored } from '../../shared/hooks/use-stored.js';
import { useRunStore } from '../../shared/runs/run-store.js';
import { Autosave } from './autosave.js';
import type { SaveState } from './autosave.js';
import { ConflictBanner, RestoreBanner } from './banners.js';
import { Canvas } from './canvas/canvas.js';
import { CanvasActionsContext } from './canvas/canvas-actions.js';
import type { PickerRequest } from './canvas/canvas-actions.js';
import { tidyUp } from './canvas/tidy-up.js';
import { usePlacement } from './canvas/use-placement.js';
import { DataDrawer } from './drawer/data-drawer.js';
import { usePinning } from './drawer/use-pinning.js';
import type { DraftCopy } from './draft-copy.js';
import { EditorHeader } from './editor-header.js';
import { useEditor, useEditorStore } from './editor-store.js';
import { addNode } from './graph/add-node.js';
import { StepPanel } from './panel/step-panel.js';
import { Picker } from './picker/picker.js';
import { PublishDialog } from './publish/publish-dialog.js';
import { usePublishing } from './publish/use-publishing.js';
import { VersionsDialog } from './publish/versions-dialog.js';
import { BottomBar } from './run/bottom-bar.js';
import { ListeningCard } from './run/listening-card.js';
import { useTestRun } from './run/use-test-run.js';
import { ShortcutSheet } from './shortcut-sheet.js';
import { useClipboard } from './use-clipboard.js';
import { useProblems } from './use-problems.js';
import { useShortcuts } from './use-shortcuts.js';
import { WorkflowSettingsDialog } from './workflow-settings-dialog.js';

interface EditorLayoutProps {
  live: number | null;
  copy: DraftCopy | undefined;
  onCopyDone(): void;
  runId: string | undefined;
}

type Layer = 'publish' | 'versions' | 'settings' | 'keys';

export function EditorLayout({ live, copy, onCopyDone, runId }: EditorLayoutProps) {
  const store = useEditorStore();
  const runs = useRunStore();
  const [saving, setSaving] = useState<SaveState>({ kind: 'saved' });
  const [layer, setLayer] = useState<Layer>();
  const [picking, setPicking] = useState<PickerRequest>();
  const [panelWidth, setPanelWidth] = useStored('panel-width', 400);
  const [drawerHeight, setDrawerHeight] = useStored('drawer-height', 280);
  const [drawerOpen, setDrawerOpen] = useStored('drawer-open', false);
  const autosave = useMemo(() => new Autosave(store, setSaving), [store]);
  const publishing = usePublishing(live, autosave);
  const test = useTestRun(autosave);
  const placement = usePlacement();
  const panelOpen = useEditor((state) => state.panelOpen);
  const selectedId = useEditor((state) => state.selection.nodes.at(-1));
  const selected = useEditor((state) => state.history.document.nodes.find((node) => node.id === selectedId));
  const pinning = usePinning(selected);

  useEffect(() => autosave.start(), [autosave]);
  useEffect(() => {
    if (runId) runs.getState().follow(runId);
    return () => runs.getState().follow(undefined);
  }, [runs, runId]);
  useProblems();
  useClipboard();
  const runTo = (nodeId: string) => {
    setDrawerOpen(true);
    void test.test({ stopAt: nodeId });
  };
  useShortcuts(store, {
    addStep: () => setPicking({ placement: placement(), at: middleOfWindow() }),
    test: () => test.phase.kind === 'idle' && void test.test(),
    runToHere: () => selectedId && runTo(selectedId),
    stop: () => void test.stop(),
    save: () =>
      void autosave
        .flush()
        .then(() => notify('Draft saved.'))
        .catch(notifyError),
    publish: () => setLayer('publish'),
    tidy: () => void tidyUp(store),
    togglePin: () => void pinning.toggle(),
    showHelp: () => setLayer('keys'),
  });
  const closePicker = useCallback(() => {
    setPicking(undefined);
    document.querySelector<HTMLElement>('[data-step][tabindex="0"], [data-canvas]')?.focus({ preventScroll: true });
  }, []);
  const actions = useMemo(() => ({ openPicker: setPicking }), []);
  const closeLayer = () => setLayer(undefined);

  return (
    <CanvasActionsContext.Provider value={actions}>
      <div className="flex h-full flex-col">
        <EditorHeader
          saving={saving}
          publishing={publishing}
          onPublish={() => setLayer('publish')}
          onVersions={() => setLayer('versions')}
          onSettings={() => setLayer('settings')}
        />
        <ConflictBanner autosave={autosave} onState={setSaving} />
        <RestoreBanner copy={copy} onDone={onCopyDone} />
        <div className="flex min-h-0 flex-1">
          <div className="flex min-w-0 flex-1 flex-col">
            <div className="relative min-h-0 flex-1">
              <Canvas />
              <ListeningCard phase={test.phase} />
            </div>
            {drawerOpen && (
              <>
                <Resizer
                  label="Height of the data"
                  orientation="horizontal"
                  value={drawerHeight}
                  min={140}
                  max={640}
                  onChange={setDrawerHeight}
                />
                <div style={{ height: drawerHeight }} className="max-h-[60%] shrink-0">
                  <DataDrawer onRunToHere={runTo} />
                </div>
              </>
            )}
          </div>
          {panelOpen && (
            <>
              <Resizer
                label="Width of the step panel"
                orientation="vertical"
                value={panelWidth}
                min={320}
                max={720}
                onChange={setPanelWidth}
              />
              <aside style={{ width: panelWidth }} className="max-w-[60%] shrink-0" data-panel onKeyDown={leavePanel}>
                <StepPanel />
              </aside>
            </>
          )}
        </div>
        <BottomBar test={test} drawerOpen={drawerOpen} onToggleDrawer={() => setDrawerOpen(!drawerOpen)} />
      </div>
      {picking && (
        <Picker
          request={picking}
          onClose={closePicker}
          onPick={(descriptor) => {
            const id = newId();
            store
              .getState()
              .edit(`Add ${descriptor.label}`, (draft) => void addNode(draft, descriptor, id, picking.placement));
            store.getState().openStep(id);
            setPicking(undefined);
          }}
        />
      )}
      <PublishDialog open={layer === 'publish'} onClose={closeLayer} publishing={publishing} />
      <VersionsDialog open={layer === 'versions'} onClose={closeLayer} publishing={publishing} />
      <WorkflowSettingsDialog open={layer === 'settings'} onClose={closeLayer} />
      <ShortcutSheet open={layer === 'keys'} onClose={closeLayer} />
    </CanvasActionsContext.Provider>
  );
}

/** Esc in the panel leads back to the step; once more closes the panel. */
function leavePanel(event: React.KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  event.stopPropagation();
  document.querySelector<HTMLElement>('[data-step][tabindex="0"]')?.focus({ preventScroll: true });
}

const middleOfWindow = () => ({ x: window.innerWidth / 2 - 180, y: window.innerHeight / 4 });
