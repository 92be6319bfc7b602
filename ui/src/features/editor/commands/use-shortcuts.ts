import { useEffect, useRef } from 'react';
import { isTyping } from '../../../shared/hooks/is-typing.js';
import { readStored } from '../../../shared/hooks/use-stored.js';
import { commandFor } from './command.js';
import type { Command } from './command.js';
import { isSingleKey, keyName } from './key-name.js';

/** Whether single letters do something; kept in this browser. */
export const letterKeysName = 'letter-keys';

/** Runs the command of a pressed key. */
export function useShortcuts(commands: readonly Command[], isBusy: () => boolean): void {
  const latest = useRef({ commands, isBusy });
  latest.current = { commands, isBusy };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || (latest.current.isBusy() && !isTyping(event))) return;
      const key = keyName(event);
      if (isSingleKey(key) && key !== '?' && !readStored(letterKeysName, true)) return;
      if (isForControl(event, key)) return;
      const command = commandFor(latest.current.commands, key, placeOf(event));
      if (!command) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function placeOf(event: KeyboardEvent): 'typing' | 'panel' | 'canvas' {
  if (isTyping(event)) return 'typing';
  return event.target instanceof Element && event.target.closest('[data-panel]') ? 'panel' : 'canvas';
}

/** Enter and the arrows belong to a button, a tab or a divider that has the focus. */
function isForControl(event: KeyboardEvent, key: string): boolean {
  const onControl =
    event.target instanceof Element && event.target.closest('button, a, [role="tab"], [role="separator"]') !== null;
  return onControl && /^(shift\+)?enter$/.test(key);
}
