import { useEffect, useRef } from 'react';
import { isTyping } from '../../shared/hooks/is-typing.js';
import type { EditorStore } from './editor-store.js';
import { editorCommands } from './editor-commands.js';
import { runOrder } from './graph/run-order.js';

/** What a shortcut reaches beyond the document. */
export interface ShortcutTargets {
  addStep(): void;
  test(): void;
  runToHere(): void;
  stop(): void;
  save(): void;
  publish(): void;
  tidy(): void;
  togglePin(): void;
  showHelp(): void;
}

type Handler = () => void;

/** Keys that work anywhere in the editor but in a field. */
export function useShortcuts(store: EditorStore, targets: ShortcutTargets): void {
  const latest = useRef(targets);
  latest.current = targets;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const keys = nameOf(event);
      // Saving, testing and publishing make sense while typing too.
      const handler =
        everywhere(latest.current)[keys] ??
        (isTyping(event) ? undefined : outsideFields(store, latest.current, event)[keys]);
      if (!handler) return;
      event.preventDefault();
      handler();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [store]);
}

function everywhere(targets: ShortcutTargets): Record<string, Handler> {
  return { 'mod+enter': targets.test, 'mod+s': targets.save, 'mod+shift+p': targets.publish, 'mod+.': targets.stop };
}

function outsideFields(store: EditorStore, targets: ShortcutTargets, event: KeyboardEvent): Record<string, Handler> {
  const commands = editorCommands(store);
  const { selection, panelOpen, undo, redo, select, set } = store.getState();
  const one = selection.nodes.length === 1 ? selection.nodes[0] : undefined;
  const inPanel = event.target instanceof Element && event.target.closest('[data-panel]') !== null;
  const onControl =
    event.target instanceof Element && event.target.closest('button, a, [role="tab"], [role="separator"]') !== null;
  // Whoever is in the form means the form: a letter there must not change the step.
  const onCanvas: Record<string, Handler> = inPanel
    ? {}
    : {
        n: targets.addStep,
        delete: () => removing(commands.remove),
        backspace: () => removing(commands.remove),
        d: commands.toggleDisabled,
        p: targets.togglePin,
      };
  return {
    ...onCanvas,
    ...(clickedCanvas(event) ? { tab: targets.addStep } : {}),
    'mod+backspace': () => removing(commands.removeAndReconnect),
    'mod+z': undo,
    'mod+shift+z': redo,
    'mod+y': redo,
    'mod+d': commands.duplicate,
    'mod+a': commands.selectAll,
    ...(one ? { f2: () => set({ renaming: one, panelOpen: true }) } : {}),
    ...(one && !onControl ? { enter: () => openPanel(store), 'shift+enter': targets.runToHere } : {}),
    escape: () => (panelOpen && one ? set({ panelOpen: false }) : select({})),
    '[': () => walk(store, -1),
    ']': () => walk(store, 1),
    'shift+alt+t': targets.tidy,
    '?': targets.showHelp,
    'shift+?': targets.showHelp,
  };
}

/** The card that had the focus is gone afterwards: the canvas takes it, so that the next key is heard. */
function removing(remove: () => void): void {
  remove();
  document.querySelector<HTMLElement>('[data-canvas]')?.focus({ preventScroll: true });
}

/** Opens the panel and goes to its first field. */
function openPanel(store: EditorStore): void {
  store.getState().set({ panelOpen: true });
  requestAnimationFrame(() =>
    document
      .querySelector<HTMLElement>('[data-panel] [role="tabpanel"] :is(input, select, textarea, button, .cm-content)')
      ?.focus(),
  );
}

/** Tab adds a step for people who just clicked the canvas; who walks by keyboard keeps Tab for walking. */
function clickedCanvas(event: KeyboardEvent): boolean {
  const { target } = event;
  return target instanceof HTMLElement && target.closest('[data-canvas]') !== null && !target.matches(':focus-visible');
}

function walk(store: EditorStore, by: number): void {
  const { history, selection, select } = store.getState();
  const order = runOrder(history.document);
  if (order.length === 0) return;
  const at = order.indexOf(selection.nodes.at(-1) ?? '');
  const next = order[at === -1 ? 0 : (at + by + order.length) % order.length];
  if (next) select({ nodes: [next] });
}

function nameOf(event: KeyboardEvent): string {
  const parts = [
    event.ctrlKey || event.metaKey ? 'mod' : '',
    event.shiftKey ? 'shift' : '',
    event.altKey ? 'alt' : '',
    event.key.toLowerCase(),
  ];
  return parts.filter(Boolean).join('+');
}
