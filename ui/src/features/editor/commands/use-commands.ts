import { useReactFlow } from '@xyflow/react';
import { useCanvasActions } from '../canvas/canvas-actions.js';
import { usePlacement } from '../canvas/use-placement.js';
import { isWatching, useEditorStore } from '../editor-store.js';
import { withTurn } from './command.js';
import type { Command } from './command.js';
import type { CommandContext, CommandTargets } from './command-context.js';
import { editCommands } from './edit-commands.js';
import { stepCommands } from './step-commands.js';
import { testCommands } from './test-commands.js';
import { viewCommands } from './view-commands.js';
import { workflowCommands } from './workflow-commands.js';

/** Every command of the editor. Keys, menus, the command bar and the sheet of keys all read this list. */
export function useCommands(targets: CommandTargets): Command[] {
  const store = useEditorStore();
  const flow = useReactFlow();
  const placement = usePlacement();
  const context: CommandContext = { ...useCanvasActions(), store, flow, targets, placement };
  const parts = [stepCommands, editCommands, testCommands, workflowCommands, viewCommands];
  return withTurn(
    parts.flatMap((part) => part(context)),
    () => isWatching(store.getState()),
  );
}
