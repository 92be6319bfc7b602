import { useCallback, useState } from 'react';

/** State that this browser remembers under `wfaib.<name>`. */
export function useStored<T>(name: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => readStored(name, initial));
  const store = useCallback(
    (next: T) => {
      setValue(next);
      writeStored(name, next);
    },
    [name],
  );
  return [value, store];
}

export function readStored<T>(name: string, fallback: T): T {
  try {
    const text = localStorage.getItem(`wfaib.${name}`);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

export function writeStored(name: string, value: unknown): void {
  try {
    localStorage.setItem(`wfaib.${name}`, JSON.stringify(value));
  } catch {
    // Storage is full or switched off: the choice lasts until the page is left.
  }
}
