import { Suspense } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { preloaded } from '../hooks/preloaded.js';

export interface MenuEntry {
  label: string;
  icon?: ReactNode;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  /** Draws a line above. */
  separated?: boolean;
  onSelect(): void;
}

export interface MenuProps {
  trigger: ReactElement;
  entries: MenuEntry[];
  side?: 'bottom' | 'right' | 'top';
  align?: 'start' | 'end';
  header?: ReactNode;
}

/** Not needed for the first picture of any page, and there right after it. */
const list = preloaded(() => import('./menu-list.js').then((module) => module.MenuList));
void list.preload().catch(() => undefined);

/** A button with what can be chosen behind it. */
export function Menu(props: MenuProps) {
  return (
    <Suspense fallback={props.trigger}>
      <list.Part {...props} />
    </Suspense>
  );
}
