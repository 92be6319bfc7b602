import { usePreview } from './use-preview.js';

/** What the expression comes to: a value, nothing, an error, or that there is no data yet. */
export function ExpressionPreview({ template }: { template: string }) {
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
      className={`mt-1 block truncate font-mono text-12 ${look} ${preview.kind === 'noData' ? 'font-sans!' : ''}`}
    >
      {preview.text}
    </output>
  );
}
