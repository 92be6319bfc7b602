import { lacksSign } from '@wfaib/sdk/expressions/forgotten-signs';
import { mendedExpression } from './mended-expression.js';

interface ExpressionHintProps {
  value: unknown;
  onMend(value: string): void;
}

/** Says that what looks like an expression is none, and makes it one with a click. */
export function ExpressionHint({ value, onMend }: ExpressionHintProps) {
  const mended = mendedExpression(value);
  if (mended === undefined) return null;
  return (
    <p className="mt-1 flex items-center gap-2 text-12 text-waiting">
      <span className="min-w-0 flex-1">
        {lacksSign(value) ? 'This is sent as it is written.' : 'Only what stands in {{ }} is evaluated.'}
      </span>
      <button type="button" onClick={() => onMend(mended)} className="shrink-0 font-medium text-accent hover:underline">
        Make it an expression
      </button>
    </p>
  );
}
