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
import { t } from '../../shared/i18n/i18n.js';
import { formatInstant } from '../../shared/format/time.js';
import { downloadText, fileNameOf } from '../../shared/hooks/download.js';
import type { SaveState } from './autosave.js';
import { isWatching, useDocument, useEditor, useEditorStore } from './editor-store.js';
import { LiveControl } from './publish/live-control.js';
import type { Publishing } from './publish/use-publishing.js';
import { shownKeys } from '../../shared/i18n/shown-keys.js';

interface EditorHeaderProps {
  saving: SaveState;
  publishing: Publishing;
  commands: readonly Command[];
}

/** Identity and publishing; nothing else lives up here. */
export function EditorHeader({ saving, publishing, commands }: EditorHeaderProps) {
  const store = useEditorStore();
  const workflowId = useEditor((state) => state.workflowId);
  const watching = useEditor(isWatching);
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
      store.getState().edit(t('editor.import'), (draft) => replaceDocument(draft, imported));
      notify(t('editor.imported'));
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-4 py-1.5">
      <Link to="/workflows" search={{}} className="hidden text-13 text-muted hover:text-ink sm:inline">
        {t('shell.workflows')}
      </Link>
      <span aria-hidden className="hidden text-faint sm:inline">
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
        <Play size={14} aria-hidden /> {t('shell.runs')}
      </Link>
      <LiveControl publishing={publishing} />
      <Button
        variant={publishing.changes.length > 0 ? 'primary' : 'default'}
        dense
        disabled={watching}
        onClick={run('publish')}
        title={watching ? t('editing.refused') : shownKeys('Ctrl+Shift+P')}
      >
        {publishing.label}
      </Button>
      <Menu
        trigger={
          <IconButton label={t('editor.moreForWorkflow')}>
            <MoreHorizontal size={16} />
          </IconButton>
        }
        entries={[
          { label: t('editor.versions'), icon: <History size={15} />, onSelect: run('versions') },
          { label: t('editor.settings'), icon: <Settings2 size={15} />, onSelect: run('settings') },
          { label: t('editor.commands'), keys: 'Ctrl+K', icon: <Terminal size={15} />, onSelect: run('palette') },
          { label: t('editor.keys'), keys: '?', icon: <Keyboard size={15} />, onSelect: run('keys') },
          { label: t('editor.exportJson'), icon: <Download size={15} />, separated: true, onSelect: exportIt },
          {
            label: t('editor.importJson'),
            icon: <Upload size={15} />,
            disabled: watching,
            onSelect: () => file.current?.click(),
          },
          ...(publishing.changes.length > 0
            ? [
                {
                  label: t('editor.discard'),
                  icon: <FileX2 size={15} />,
                  danger: true,
                  separated: true,
                  disabled: watching,
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
    if (next && next !== name) store.getState().edit(t('editor.renameWorkflow'), (draft) => void (draft.name = next));
    setTyped(undefined);
  };
  const shown = typed ?? name;
  return (
    <input
      aria-label={t('editor.workflowName')}
      readOnly={useEditor(isWatching)}
      value={shown}
      spellCheck={false}
      maxLength={longestName}
      title={name}
      style={{ width: `calc(${Math.min(48, Math.max(8, shown.length + 2))}ch + 12px)` }}
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
  const watching = useEditor(isWatching);
  const text = {
    saved:
      saving.kind === 'saved' && saving.at
        ? t('editor.saved.at', { time: formatInstant(saving.at) })
        : t('editor.saved'),
    unsaved: t('editor.saved.changed'),
    saving: t('editor.saved.saving'),
    offline: t('editor.saved.offline'),
    refused: t('editor.saved.not'),
    conflict: t('editor.saved.not'),
  }[saving.kind];
  const bad = saving.kind === 'offline' || saving.kind === 'refused' || saving.kind === 'conflict';
  return (
    <span
      role="status"
      title={'message' in saving ? saving.message : undefined}
      className={`text-12 whitespace-nowrap ${bad ? 'font-medium text-waiting' : 'text-faint'}`}
    >
      {watching && !bad ? t('editing.readOnly') : text}
    </span>
  );
}
