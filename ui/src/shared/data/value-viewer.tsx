import { Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/button.js';
import { Dialog } from '../components/dialog.js';
import { Segmented } from '../components/segmented.js';
import { formatBytes } from '../format/count.js';
import { copyText } from '../hooks/copy-text.js';
import { viewsOf } from './value-views.js';
import type { ValueView } from './value-views.js';
import { t } from '../i18n/i18n.js';

export interface ViewedValue {
  name: string;
  value: unknown;
  /** The whole item it is part of. */
  row: unknown;
  /** How an expression names it, without braces. */
  expression?: string | undefined;
}

/** One value as a whole, with what one may want to copy of it. */
export function ValueViewer({ viewed, onClose }: { viewed: ViewedValue; onClose(): void }) {
  const { name, value, row, expression } = viewed;
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
  const views = viewsOf(value);
  const [view, setView] = useState<ValueView>(views[0] ?? 'text');
  const copy = (what: 'value' | 'path' | 'expression' | 'row', content: string) => (
    <Button dense icon={<Copy size={13} />} onClick={() => void copyText(content, t(`data.copied.${what}`))}>
      {t(`data.copy.${what}`)}
    </Button>
  );
  return (
    <Dialog open onClose={onClose} title={name} description={formatBytes(new Blob([text]).size)} width={760}>
      <div className="mb-2 flex flex-wrap items-center gap-1.5">
        {copy('value', text)}
        {expression && copy('path', expression)}
        {expression && copy('expression', `{{ ${expression} }}`)}
        {copy('row', JSON.stringify(row, null, 2))}
        <span className="flex-1" />
        {views.length > 1 && (
          <Segmented<ValueView>
            dense
            label={t('common.view')}
            value={view}
            onChange={setView}
            options={views.map((one) => ({ value: one, label: t(`data.view.${one}`) }))}
          />
        )}
      </div>
      {view === 'html' ? (
        // Without any right: no script runs in it, and it reaches nothing of this page.
        <iframe
          title={name}
          sandbox=""
          srcDoc={text}
          className="h-[50vh] w-full rounded-md border border-line bg-white"
        />
      ) : view === 'image' ? (
        <img src={text} alt={name} className="max-h-[50vh] max-w-full rounded-md border border-line" />
      ) : (
        <pre className="thin-scroll max-h-[50vh] overflow-auto rounded-md bg-subtle p-3 font-mono text-12 break-words whitespace-pre-wrap select-text">
          {view === 'json' ? prettyOf(text) : text}
        </pre>
      )}
    </Dialog>
  );
}

function prettyOf(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
