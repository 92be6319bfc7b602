/** A pressed key in the notation of commands, in small letters: `ctrl+shift+z`, `n`, `?`. Cmd counts as Ctrl. */
export function keyName(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): string {
  // With Alt some keyboards type another sign; the place of the key is meant then.
  const letter = event.altKey && /^Key[A-Z]$/.test(event.code) ? event.code.slice(3) : event.key;
  const isSign = letter.length === 1 && letter.toLowerCase() === letter.toUpperCase();
  const parts = [
    event.ctrlKey || event.metaKey ? 'ctrl' : '',
    // A sign such as "?" says by itself that Shift was held.
    event.shiftKey && !isSign ? 'shift' : '',
    event.altKey ? 'alt' : '',
    letter === '=' ? '+' : letter.toLowerCase(),
  ];
  return parts.filter(Boolean).join('+');
}

/** A letter or sign without Ctrl or Alt: what people may switch off because they dictate or have trembling hands. */
export const isSingleKey = (key: string) => key.length === 1 || /^shift\+.$/.test(key);
