import { useScreenToCanvas } from './canvas/use-screen-to-canvas.js';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { notify } from '../../shared/components/toasts.js';
import { isTyping } from '../../shared/hooks/is-typing.js';
import { useSelectionCommands } from './commands/selection-commands.js';
import { isWatching, useEditorStore } from './editor-store.js';
import { readClip } from './graph/clipboard.js';
import type { Point } from './graph/geometry.js';
import type { N8nImport } from '../../shared/n8n/read-n8n.js';
import { t } from '../../shared/i18n/i18n.js';

const ImportReport = lazy(() =>
  import('../../shared/n8n/import-report.js').then((module) => ({ default: module.ImportReport })),
);
/** JSON, or a cURL command: what has to be read before one can say whether it can be pasted. */
const looksForeign = /^\s*([{[]|curl\s)/;

/** Where pasted steps go while the pointer is elsewhere: in sight. */
function middleOfCanvas(): { x: number; y: number } {
  const box = document.querySelector('[data-canvas]')?.getBoundingClientRect();
  return { x: (box?.left ?? 0) + (box?.width ?? 0) / 2 - 104, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 - 28 };
}

async function readForeign(text: string) {
  const { readN8n } = await import('../../shared/n8n/read-n8n.js');
  const { readCurl } = await import('./importing/read-curl.js');
  return { n8n: readN8n(text), curl: readCurl(text) };
}

/**
 * Copy, cut and paste through the browser's own events: they work on plain HTTP too. Text selected elsewhere stays text.
 * Steps of n8n and cURL commands can be pasted as well. Answers what asks before it inserts.
 */
export function useClipboard(): ReactNode {
  const [foreign, setForeign] = useState<N8nImport & { at: Point | undefined }>();
  const commands = useSelectionCommands();
  const toCanvas = useScreenToCanvas();
  const store = useEditorStore();
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
      if (event.type === 'cut' && !isWatching(store.getState())) commands.remove();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isTyping(event) || isWatching(store.getState())) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const clip = readClip(text);
      const at = toCanvas(pointer ?? middleOfCanvas());
      if (!clip) {
        if (!looksForeign.test(text)) return;
        event.preventDefault();
        void readForeign(text).then(({ n8n, curl }) => {
          if (n8n) setForeign({ ...n8n, at });
          else if (curl) commands.pasteRequest(curl, at);
          else notify(t('editor.clipboard.none'));
        });
        return;
      }
      event.preventDefault();
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
  }, [commands, toCanvas, store]);
  if (!foreign) return null;
  return (
    <Suspense fallback={null}>
      <ImportReport
        read={foreign}
        insert={t('editor.n8n.insert')}
        onClose={() => setForeign(undefined)}
        onInsert={() => {
          commands.pasteClip(foreign.clip, foreign.at, foreign.name);
          setForeign(undefined);
        }}
      />
    </Suspense>
  );
}
