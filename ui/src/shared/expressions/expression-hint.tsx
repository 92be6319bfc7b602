import { lacksSign } from '@wfaib/sdk/expressions/forgotten-signs';
import { mendedExpression } from './mended-expression.js';
import { t } from '../i18n/i18n.js';

interface ExpressionHintProps {
  value: unknown;
  onMend(value: string): void;
}

/** Says that what looks like an expression is none, and makes it one with a click. */
export function ExpressionHint({ value, onMend }: ExpressionHintProps) {
  const mended = mendedExpression(value);
  if (mended === undefined) return null;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-2 text-12 text-waiting">
      <span>{lacksSign(value) ? t('expression.asWritten') : t('expression.braces', { braces: '{{ }}' })}</span>
      <button type="button" onClick={() => onMend(mended)} className="shrink-0 font-medium text-accent hover:underline">
        {t('expression.make')}
      </button>
    </p>
  );
}
