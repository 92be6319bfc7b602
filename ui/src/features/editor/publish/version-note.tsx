import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { notifyError } from '../../../shared/components/toasts.js';
import { t } from '../../../shared/i18n/i18n.js';
import { noteVersion, versionsKey } from '../api/versions.js';

interface VersionNoteProps {
  workflowId: string;
  version: number;
  note: string;
}

/** What people wrote about a version; written over in place, all of it in sight; kept on Enter or when the field is left. */
export function VersionNote({ workflowId, version, note }: VersionNoteProps) {
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState<string>();
  const keep = async () => {
    const next = typed?.trim();
    if (next !== undefined && next !== note) {
      await noteVersion(workflowId, version, next).catch(notifyError);
      await queryClient.invalidateQueries({ queryKey: versionsKey(workflowId) });
    }
    setTyped(undefined);
  };
  return (
    <textarea
      rows={1}
      aria-label={t('editing.noteOf', { version })}
      value={typed ?? note}
      maxLength={2000}
      placeholder={t('editing.addNote')}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => void keep()}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.shiftKey) event.currentTarget.blur();
        if (event.key !== 'Escape' || typed === undefined) return;
        event.stopPropagation();
        setTyped(undefined);
      }}
      className="ml-12 field-sizing-content max-h-40 w-full resize-none rounded-md bg-transparent px-1 py-0.5 text-13 placeholder:text-faint hover:bg-subtle focus:bg-subtle"
    />
  );
}
