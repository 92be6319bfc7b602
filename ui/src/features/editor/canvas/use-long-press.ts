import { useEffect } from 'react';
import type { RefObject } from 'react';
import { useEditorStore } from '../editor-store.js';

/** How long a finger rests on a step before it selects it, in milliseconds; the system's own long press comes at 500. */
const restMs = 450;
/** A finger is never quite still: so far it may wander, in pixels. */
const wanderPx = 8;

/**
 * A finger that rests on a step adds the step to the selection, or takes it out, as Shift and a click do. The menu that
 * some systems open for it, and the click of letting go, do nothing then.
 */
export function useLongPress(container: RefObject<HTMLElement | null>): void {
  const store = useEditorStore();
  useEffect(() => {
    const element = container.current;
    if (!element) return undefined;
    let press: { x: number; y: number; timer: ReturnType<typeof setTimeout> } | undefined;
    let isDone = false;
    const end = () => {
      clearTimeout(press?.timer);
      press = undefined;
    };
    const onDown = (event: PointerEvent) => {
      end();
      isDone = false;
      const id = event.target instanceof Element && event.target.closest('[data-step]')?.getAttribute('data-step');
      if (event.pointerType !== 'touch' || !event.isPrimary || !id) return;
      const timer = setTimeout(() => {
        isDone = true;
        const { selection, select } = store.getState();
        const isSelected = selection.nodes.includes(id);
        const nodes = isSelected ? selection.nodes.filter((other) => other !== id) : [...selection.nodes, id];
        select({ ...selection, nodes });
      }, restMs);
      press = { x: event.clientX, y: event.clientY, timer };
    };
    const onMove = ({ clientX, clientY }: PointerEvent) => {
      if (press && Math.hypot(clientX - press.x, clientY - press.y) > wanderPx) end();
    };
    const swallow = (event: Event) => {
      if (!isDone) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    element.addEventListener('pointerdown', onDown, options);
    element.addEventListener('pointermove', onMove, options);
    for (const type of ['pointerup', 'pointercancel'] as const) element.addEventListener(type, end, options);
    for (const type of ['click', 'contextmenu'] as const) element.addEventListener(type, swallow, options);
    return () => {
      end();
      listening.abort();
    };
  }, [container, store]);
}
