import { usePreview } from './use-preview.js';

interface ExpressionPreviewProps {
  template: string;
  /** Over several lines, rather than cut at the end of one. */
  whole?: boolean;
}

/** What the expression comes to: a value, nothing, an error, or that there is no data yet. */
export function ExpressionPreview({ template, whole = false }: ExpressionPreviewProps) {
  const preview = usePreview(template);
  if (template === '=' || !preview) return null;
  const look = {
    value: 'text-ok',
    empty: 'text-muted',
    undefined: 'text-muted',
    error: 'text-failed',
    noData: 'text-faint',
  }[preview.kind];
  return (
    <output
      title={preview.text}
      className={`mt-1 block font-mono text-12 ${whole ? 'break-words whitespace-pre-wrap' : 'truncate'} ${look} ${preview.kind === 'noData' ? 'font-sans!' : ''}`}
    >
      {preview.text}
    </output>
  );
}
