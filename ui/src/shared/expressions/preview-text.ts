import type { PreviewReply } from './evaluate-sample.js';
import type { ExpressionSample } from './sample-context.js';
import { t } from '../i18n/i18n.js';
import { toldMessage } from '../i18n/server-texts.js';

export interface Preview {
  kind: 'value' | 'empty' | 'undefined' | 'error' | 'noData';
  text: string;
}

/** How the outcome of a preview reads. Without data, a failure only means that the steps before have not run. */
export function previewOf(template: string, reply: PreviewReply, sample: ExpressionSample): Preview {
  if (!reply.ok) {
    const isSyntax = /does not parse|has no end|should have ended/.test(reply.message);
    if (sample.items.length === 0 && !isSyntax) return noData();
    return { kind: 'error', text: toldMessage(reply.message.replace(/ \(in \{\{[\s\S]*\}\}\)$/, '')) };
  }
  if (sample.items.length === 0 && /\$(json|item|input|binary)\b/.test(template)) return noData();
  const { value } = reply;
  if (value === null || value === undefined)
    return sample.items.length === 0 ? noData() : { kind: 'undefined', text: t('expression.noValue') };
  if (value === '') return { kind: 'empty', text: '""' };
  if (Array.isArray(value) && value.length === 0) return { kind: 'empty', text: '[]' };
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { kind: 'value', text: text.length > 1_000 ? `${text.slice(0, 1_000)}…` : text };
}

const noData = (): Preview => ({ kind: 'noData', text: t('expression.noData') });
