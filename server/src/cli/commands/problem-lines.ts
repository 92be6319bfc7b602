import type { Problem } from '@wfaib/sdk/workflow-document';

/** Problems to read, errors first. */
export function problemLines(problems: readonly Problem[]): string[] {
  const rank = ({ severity }: Problem) => (severity === 'error' ? 0 : 1);
  return [...problems]
    .sort((one, other) => rank(one) - rank(other))
    .map(({ severity, code, field, message }) => `${severity}: ${message} [${code}${field ? ` at ${field}` : ''}]`);
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
