import type { Command } from './command.js';
import { questions } from './command-context.js';
import type { CommandContext } from './command-context.js';

/** Running the draft, whole or in part. */
export function testCommands(context: CommandContext): Command[] {
  const { targets } = context;
  const { isOne, isIdle } = questions(context);
  return [
    {
      id: 'test',
      label: 'Test the workflow',
      section: 'Test',
      keys: 'Ctrl+Enter',
      heard: 'everywhere',
      menu: 'canvas',
      isOn: isIdle,
      run: () => void targets.test.test(),
    },
    {
      id: 'runTo',
      label: 'Run up to this step',
      section: 'Test',
      keys: 'Shift+Enter',
      menu: 'step',
      isOn: () => isOne() && isIdle(),
      run: targets.runToHere,
    },
    {
      id: 'runStep',
      label: 'Run this step only',
      section: 'Test',
      keys: 'Ctrl+Shift+Enter',
      heard: 'everywhere',
      menu: 'step',
      isOn: () => isOne() && isIdle(),
      run: targets.runStep,
    },
    {
      id: 'runFrom',
      label: 'Run from this step on',
      section: 'Test',
      keys: 'Alt+Enter',
      menu: 'step',
      isOn: () => isOne() && isIdle(),
      run: targets.runFrom,
    },
    {
      id: 'stop',
      label: 'Stop the test',
      section: 'Test',
      keys: 'Ctrl+.',
      heard: 'everywhere',
      isOn: () => !isIdle(),
      run: () => void targets.test.stop(),
    },
  ];
}
