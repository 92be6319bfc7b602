import type { Preview } from './preview-text.js';
import { usePreview } from './use-preview.js';

interface ExpressionPreviewProps {
  template: string;
  /** Over several lines, rather than cut at the end of one. */
  whole?: boolean;
}

/** What the expression comes to: a value, nothing, an error, or that there is no data yet. */
export function ExpressionPreview({ template, whole = false }: ExpressionPreviewProps) {
  const preview = usePreview(template);
  if (template === '=') return null;
  // Its line is there before the answer is: nothing moves away under the hand of who drops data on the fields below.
  return (
    <output
      title={preview?.text}
      className={`mt-1 block min-h-[1lh] font-mono text-12 ${whole ? 'break-words whitespace-pre-wrap' : 'truncate'} ${preview ? looks[preview.kind] : ''}`}
    >
      {preview?.text}
    </output>
  );
}

const looks: Record<Preview['kind'], string> = {
  value: 'text-ok',
  empty: 'text-muted',
  undefined: 'text-muted',
  error: 'text-failed',
  noData: 'font-sans! text-faint',
};
