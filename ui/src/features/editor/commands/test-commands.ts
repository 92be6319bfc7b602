import type { Command } from './command.js';
import { questions } from './command-context.js';
import type { CommandContext } from './command-context.js';
import { t } from '../../../shared/i18n/i18n.js';

/** Running the draft, whole or in part. */
export function testCommands(context: CommandContext): Command[] {
  const { targets } = context;
  const { isOne, isIdle } = questions(context);
  return [
    {
      id: 'test',
      label: t('editor.test.workflow'),
      section: 'Test',
      keys: 'Ctrl+Enter',
      heard: 'everywhere',
      menu: 'canvas',
      isOn: isIdle,
      run: () => void targets.test.test(),
    },
    {
      id: 'runTo',
      label: t('editor.test.upTo'),
      section: 'Test',
      keys: 'Shift+Enter',
      menu: 'step',
      isOn: () => isOne() && isIdle(),
      run: targets.runToHere,
    },
    {
      id: 'runStep',
      label: t('editor.test.only'),
      section: 'Test',
      keys: 'Ctrl+Shift+Enter',
      heard: 'everywhere',
      menu: 'step',
      isOn: () => isOne() && isIdle(),
      run: targets.runStep,
    },
    {
      id: 'runFrom',
      label: t('editor.test.from'),
      section: 'Test',
      keys: 'Alt+Enter',
      menu: 'step',
      isOn: () => isOne() && isIdle(),
      run: targets.runFrom,
    },
    {
      id: 'stop',
      label: t('editor.test.stop'),
      section: 'Test',
      keys: 'Ctrl+.',
      heard: 'everywhere',
      isOn: () => !isIdle(),
      run: () => void targets.test.stop(),
    },
  ];
}
