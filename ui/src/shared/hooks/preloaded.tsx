import { lazy, useState } from 'react';
import type { ComponentType } from 'react';

/** A part of a page that is fetched behind the first picture, and shown without a gap once it is here. */
export interface Preloaded<Props> {
  /** Fetches it ahead of its first use. */
  preload(): Promise<unknown>;
  /** Shown at once where it is here already, so that no key is lost on it; else it waits, so put it into `Suspense`. */
  Part: ComponentType<Props>;
}

export function preloaded<Props extends object>(load: () => Promise<ComponentType<Props>>): Preloaded<Props> {
  let loaded: ComponentType<Props> | undefined;
  const preload = async () => {
    loaded = await load();
    return { default: loaded };
  };
  const Waiting = lazy(preload) as unknown as ComponentType<Props>;
  function Part(props: Props) {
    // Chosen once: what is on the screen must not begin anew when the other one would do.
    const [Chosen] = useState(() => loaded ?? Waiting);
    return <Chosen {...props} />;
  }
  return { preload, Part };
}
