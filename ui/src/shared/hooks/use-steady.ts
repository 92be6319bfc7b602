import { useRef, useState } from 'react';

// The one type that every function is: the arguments are passed on, not looked at.
type Handlers = Record<string, (...args: never[]) => unknown>;

/**
 * The same functions at every drawing; each does what its namesake of the last drawing does. For parts that draw
 * everything again when they are handed another function. The names are those of the first drawing.
 */
export function useSteady<T extends Handlers>(handlers: T): T {
  const latest = useRef(handlers);
  latest.current = handlers;
  const [steady] = useState(() =>
    Object.fromEntries(
      Object.keys(handlers).map((name) => [name, (...args: never[]) => latest.current[name]?.(...args)]),
    ),
  );
  return steady as T;
}
