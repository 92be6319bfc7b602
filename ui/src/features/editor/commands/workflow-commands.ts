import { notify, notifyError } from '../../../shared/components/toasts.js';
import type { Command } from './command.js';
import { questions } from './command-context.js';
import type { CommandContext } from './command-context.js';

/** Saving, publishing, versions. */
export function workflowCommands(context: CommandContext): Command[] {
  const { targets } = context;
  const { layer } = questions(context);
  return [
    {
      id: 'save',
      label: 'Save now',
      section: 'Workflow',
      keys: 'Ctrl+S',
      heard: 'everywhere',
      run: () =>
        void targets.autosave
          .flush()
          .then(() => notify('Draft saved.'))
          .catch(notifyError),
    },
    {
      id: 'publish',
      label: 'Publish',
      section: 'Workflow',
      keys: 'Ctrl+Shift+P',
      heard: 'everywhere',
      run: layer('publish'),
    },
    { id: 'versions', label: 'Versions', section: 'Workflow', run: layer('versions') },
    { id: 'settings', label: 'Workflow settings', section: 'Workflow', run: layer('settings') },
    { id: 'discard', label: 'Discard draft changes', section: 'Workflow', danger: true, run: targets.discardDraft },
  ];
}
