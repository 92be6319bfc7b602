import { notify, notifyError } from '../../../shared/components/toasts.js';
import type { Command } from './command.js';
import { questions } from './command-context.js';
import type { CommandContext } from './command-context.js';
import { t } from '../../../shared/i18n/i18n.js';

/** Saving, publishing, versions. */
export function workflowCommands(context: CommandContext): Command[] {
  const { targets } = context;
  const { layer } = questions(context);
  return [
    {
      id: 'save',
      label: t('editor.saveNow'),
      section: 'Workflow',
      keys: 'Ctrl+S',
      heard: 'everywhere',
      run: () =>
        void targets.autosave
          .flush()
          .then(() => notify(t('editor.draftSaved')))
          .catch(notifyError),
    },
    {
      id: 'publish',
      changes: true,
      label: t('editor.publish'),
      section: 'Workflow',
      keys: 'Ctrl+Shift+P',
      heard: 'everywhere',
      run: layer('publish'),
    },
    { id: 'versions', label: t('editor.versions'), section: 'Workflow', run: layer('versions') },
    { id: 'settings', label: t('editor.settings'), section: 'Workflow', run: layer('settings') },
    {
      id: 'discard',
      changes: true,
      label: t('editor.discard'),
      section: 'Workflow',
      danger: true,
      run: targets.discardDraft,
    },
  ];
}
