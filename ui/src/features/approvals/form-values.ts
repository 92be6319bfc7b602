import type { Sentence } from '@wfaib/sdk/sentence';
import type { ApiError } from '../../api/client.js';
import type { ApprovalField } from './api/approvals.js';
import { told } from '../../shared/i18n/told.js';

/** What a form holds before anybody touches it. */
export function startValues(form: readonly ApprovalField[]): Record<string, unknown> {
  const values = form.map(({ name, kind, default: value }) => [
    name,
    value ?? (kind === 'boolean' ? false : undefined),
  ]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Record<string, unknown>;
}

/** What is sent: fields that were left empty are left out. Null where there is no form. */
export function filledValues(
  form: readonly ApprovalField[],
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> | null {
  if (form.length === 0) return null;
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''));
}

/** What the server found wrong, by name of the field. */
export function faultsOf(error: unknown): Record<string, string> {
  const problems = (error as Partial<ApiError>).details?.['problems'];
  if (!Array.isArray(problems)) return {};
  return Object.fromEntries(
    (problems as { field: string; message: string; said?: Sentence }[]).map(({ field, message, said }) => [
      field,
      told(said, message),
    ]),
  );
}
