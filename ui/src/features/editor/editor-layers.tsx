import { useCallback } from 'react';
import { CommandBar } from './commands/command-bar.js';
import { ConnectBox } from './commands/connect-box.js';
import type { Command } from './commands/command.js';
import { ShortcutSheet } from './commands/shortcut-sheet.js';
import { useEditor, useEditorStore } from './editor-store.js';
import { PublishDialog } from './publish/publish-dialog.js';
import type { Publishing } from './publish/use-publishing.js';
import { VersionsDialog } from './publish/versions-dialog.js';
import { WorkflowSettingsDialog } from './workflow-settings-dialog.js';

interface EditorLayersProps {
  publishing: Publishing;
  commands: readonly Command[];
  onAddStep(type: string): void;
}

/** Dialogs and lists over the editor; the store says which of them is open. */
export function EditorLayers({ publishing, commands, onAddStep }: EditorLayersProps) {
  const store = useEditorStore();
  const layer = useEditor((state) => state.layer);
  const close = useCallback(() => store.getState().set({ layer: undefined }), [store]);
  return (
    <>
      <PublishDialog open={layer === 'publish'} onClose={close} publishing={publishing} />
      <VersionsDialog open={layer === 'versions'} onClose={close} publishing={publishing} />
      <WorkflowSettingsDialog open={layer === 'settings'} onClose={close} />
      <ShortcutSheet open={layer === 'keys'} onClose={close} commands={commands} />
      {layer === 'palette' && <CommandBar commands={commands} onAddStep={onAddStep} onClose={close} />}
      {layer === 'connect' && <ConnectBox onClose={close} />}
    </>
  );
}
