import { severities, type Problem } from '@wfaib/sdk/workflow-document';

/** Problems to read, the worst first. */
export function problemLines(problems: readonly Problem[]): string[] {
  const rank = ({ severity }: Problem) => severities.indexOf(severity);
  return [...problems]
    .sort((one, other) => rank(one) - rank(other))
    .map(({ severity, code, field, message }) => `${severity}: ${message} [${code}${field ? ` at ${field}` : ''}]`);
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
