import { lazy } from 'react';
import type { ComponentType } from 'react';

/** A part of a page that is fetched behind the first picture, and shown without a gap once it is here. */
export interface Preloaded<Props> {
  /** Fetches it ahead of its first use. */
  preload(): Promise<unknown>;
  /** The part where it is here already, so that no key is lost on it; else one that waits for it. */
  component(): ComponentType<Props>;
}

export function preloaded<Props extends object>(load: () => Promise<ComponentType<Props>>): Preloaded<Props> {
  let loaded: ComponentType<Props> | undefined;
  const fetchIt = async () => {
    loaded = await load();
    return { default: loaded };
  };
  const waiting = lazy(fetchIt) as unknown as ComponentType<Props>;
  return { preload: fetchIt, component: () => loaded ?? waiting };
}
