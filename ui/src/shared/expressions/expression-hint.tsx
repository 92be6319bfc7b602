import { mendingOf } from './mending.js';
import type { Mending } from './mending.js';
import { t } from '../i18n/i18n.js';

interface ExpressionHintProps {
  value: unknown;
  onMend(value: string): void;
}

/** Says that what looks like an expression is none, or begins with a sign too many, and mends it with a click. */
export function ExpressionHint({ value, onMend }: ExpressionHintProps) {
  const mending = mendingOf(value);
  if (!mending) return null;
  const { amiss, meant } = mending;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-2 text-12 text-waiting">
      <span>{saidOf(amiss)}</span>
      <button type="button" onClick={() => onMend(meant)} className="shrink-0 font-medium text-accent hover:underline">
        {amiss === 'secondSign' ? t('expression.dropSign') : t('expression.make')}
      </button>
    </p>
  );
}

function saidOf(amiss: Mending['amiss']): string {
  if (amiss === 'noSign') return t('expression.asWritten');
  return amiss === 'noBraces' ? t('expression.braces', { braces: '{{ }}' }) : t('expression.secondSign');
}
