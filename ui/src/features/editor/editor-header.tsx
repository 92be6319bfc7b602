import { Link } from '@tanstack/react-router';
import { Download, FileX2, History, Keyboard, MoreHorizontal, Play, Settings2, Terminal, Upload } from 'lucide-react';
import type { Command } from './commands/command.js';
import { useRef, useState } from 'react';
import { Button, IconButton } from '../../shared/components/button.js';
import { Menu } from '../../shared/components/menu.js';
import { notify, notifyError } from '../../shared/components/toasts.js';
import { longestName } from '../../shared/documents/copy-name.js';
import { exportDocument } from '../../shared/documents/export-document.js';
import { normaliseDocument } from '../../shared/documents/normalise-document.js';
import { replaceDocument } from '../../shared/documents/replace-document.js';
import { parseDocument } from '../../shared/documents/parse-document.js';
import { formatInstant } from '../../shared/format/time.js';
import { downloadText, fileNameOf } from '../../shared/hooks/download.js';
import type { SaveState } from './autosave.js';
import { useDocument, useEditor, useEditorStore } from './editor-store.js';
import { LiveControl } from './publish/live-control.js';
import type { Publishing } from './publish/use-publishing.js';

interface EditorHeaderProps {
  saving: SaveState;
  publishing: Publishing;
  commands: readonly Command[];
}

/** Identity and publishing; nothing else lives up here. */
export function EditorHeader({ saving, publishing, commands }: EditorHeaderProps) {
  const store = useEditorStore();
  const workflowId = useEditor((state) => state.workflowId);
  const file = useRef<HTMLInputElement>(null);
  const run = (id: string) => () => commands.find((command) => command.id === id)?.run();
  const exportIt = () => {
    const { document } = store.getState().history;
    downloadText(`${fileNameOf(document.name)}.json`, exportDocument(document));
  };
  const importFile = async (chosen: File | undefined) => {
    if (!chosen) return;
    try {
      const imported = normaliseDocument(parseDocument(await chosen.text()));
      store.getState().edit('Import', (draft) => replaceDocument(draft, imported));
      notify('Imported over the draft. Undo brings the old one back.');
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface px-4">
      <Link to="/workflows" search={{}} className="text-13 text-muted hover:text-ink">
        Workflows
      </Link>
      <span aria-hidden className="text-faint">
        ›
      </span>
      <WorkflowName />
      <SaveNote saving={saving} />
      <div className="flex-1" />
      <Link
        to="/runs"
        search={{ workflowId }}
        className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-12 font-medium text-muted hover:bg-subtle hover:text-ink"
      >
        <Play size={14} aria-hidden /> Runs
      </Link>
      <LiveControl publishing={publishing} />
      <Button
        variant={publishing.changes.length > 0 ? 'primary' : 'default'}
        dense
        onClick={run('publish')}
        title="Ctrl+Shift+P"
      >
        {publishing.label}
      </Button>
      <Menu
        trigger={
          <IconButton label="More for this workflow">
            <MoreHorizontal size={16} />
          </IconButton>
        }
        entries={[
          { label: 'Versions', icon: <History size={15} />, onSelect: run('versions') },
          { label: 'Workflow settings', icon: <Settings2 size={15} />, onSelect: run('settings') },
          { label: 'Commands', keys: 'Ctrl+K', icon: <Terminal size={15} />, onSelect: run('palette') },
          { label: 'Keys', keys: '?', icon: <Keyboard size={15} />, onSelect: run('keys') },
          { label: 'Export as JSON', icon: <Download size={15} />, separated: true, onSelect: exportIt },
          { label: 'Import JSON over the draft', icon: <Upload size={15} />, onSelect: () => file.current?.click() },
          ...(publishing.changes.length > 0
            ? [
                {
                  label: 'Discard draft changes',
                  icon: <FileX2 size={15} />,
                  danger: true,
                  separated: true,
                  onSelect: run('discard'),
                },
              ]
            : []),
        ]}
      />
      <input
        ref={file}
        hidden
        type="file"
        accept=".json,application/json"
        onChange={(event) => {
          void importFile(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </header>
  );
}

function WorkflowName() {
  const store = useEditorStore();
  const { name } = useDocument();
  const [typed, setTyped] = useState<string>();
  const commit = () => {
    const next = typed?.trim();
    if (next && next !== name) store.getState().edit('Rename workflow', (draft) => void (draft.name = next));
    setTyped(undefined);
  };
  const shown = typed ?? name;
  return (
    <input
      aria-label="Name of the workflow"
      value={shown}
      spellCheck={false}
      maxLength={longestName}
      title={name}
      style={{ width: `${Math.min(48, Math.max(8, shown.length + 1))}ch` }}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setTyped(undefined);
      }}
      className="min-w-0 truncate rounded-md px-1.5 py-0.5 text-14 font-semibold hover:bg-subtle focus:bg-subtle focus:outline-none"
    />
  );
}

function SaveNote({ saving }: { saving: SaveState }) {
  const text = {
    saved: saving.kind === 'saved' && saving.at ? `Draft saved ${formatInstant(saving.at)}` : 'Draft saved',
    unsaved: 'Changed…',
    saving: 'Saving…',
    offline: 'Offline – kept in this browser',
    refused: 'Not saved',
    conflict: 'Not saved',
  }[saving.kind];
  const bad = saving.kind === 'offline' || saving.kind === 'refused' || saving.kind === 'conflict';
  return (
    <span
      role="status"
      title={'message' in saving ? saving.message : undefined}
      className={`text-12 whitespace-nowrap ${bad ? 'font-medium text-waiting' : 'text-faint'}`}
    >
      {text}
    </span>
  );
}
