import { useScreenToCanvas } from './canvas/use-screen-to-canvas.js';
import { useEffect } from 'react';
import { notify } from '../../shared/components/toasts.js';
import { isTyping } from '../../shared/hooks/is-typing.js';
import { useSelectionCommands } from './commands/selection-commands.js';
import { readClip } from './graph/clipboard.js';

/** Copy, cut and paste through the browser's own events: they work on plain HTTP too. Text selected elsewhere stays text. */
export function useClipboard(): void {
  const commands = useSelectionCommands();
  const toCanvas = useScreenToCanvas();
  useEffect(() => {
    let pointer: { x: number; y: number } | undefined;
    const onMove = (event: PointerEvent) => {
      const onCanvas = event.target instanceof Element && event.target.closest('[data-canvas]') !== null;
      pointer = onCanvas ? { x: event.clientX, y: event.clientY } : undefined;
    };
    const onCopy = (event: ClipboardEvent) => {
      if (isTyping(event) || !window.getSelection()?.isCollapsed) return;
      const text = commands.copy();
      if (text === undefined) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      if (event.type === 'cut') commands.remove();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isTyping(event)) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const clip = readClip(text);
      if (!clip) {
        if (text.trim().startsWith('{')) notify('The clipboard holds no steps of a WFAIB workflow.');
        return;
      }
      event.preventDefault();
      const at = pointer && toCanvas(pointer);
      commands.pasteClip(clip, at);
    };
    document.addEventListener('pointermove', onMove);
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('pointermove', onMove);
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [commands, toCanvas]);
}
