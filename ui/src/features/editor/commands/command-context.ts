import type { ReactFlowInstance } from '@xyflow/react';
import type { Autosave } from '../autosave.js';
import type { CanvasActions } from '../canvas/canvas-actions.js';
import type { EditorStore, Layer } from '../editor-store.js';
import type { Placement } from '../graph/add-node.js';
import type { TestRun } from '../run/use-test-run.js';

/** What the parts of the editor do that commands ask for. */
export interface CommandTargets {
  test: TestRun;
  autosave: Autosave;
  togglePin(): void;
  runToHere(): void;
  runStep(): void;
  runFrom(): void;
  toggleData(): void;
  discardDraft(): void;
  /** Makes a workflow of its own out of the selected steps. */
  extract(): void;
  openWorkflow(id: string): void;
}

/** Everything a command may touch. */
export interface CommandContext extends CanvasActions {
  store: EditorStore;
  flow: ReactFlowInstance;
  targets: CommandTargets;
  placement(): Placement;
}

export const middleOfWindow = () => ({ x: window.innerWidth / 2 - 180, y: window.innerHeight / 4 });

export function questions({ store, targets }: CommandContext) {
  const state = () => store.getState();
  const one = () => (state().selection.nodes.length === 1 ? state().selection.nodes[0] : undefined);
  return {
    state,
    /** The one selected step. */
    one,
    isOne: () => one() !== undefined,
    some: () => state().selection.nodes.length > 0,
    isIdle: () => targets.test.phase.kind === 'idle',
    layer: (name: Layer) => () => state().set({ layer: name }),
  };
}
