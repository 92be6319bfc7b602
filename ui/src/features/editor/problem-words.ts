import type { Problem } from '@wfaib/sdk/workflow-document';

/** What a problem says about its step, for where the name of the step stands before it: the name is not said twice. */
export function problemWords({ message }: Problem, name: string | undefined): { name: string; says: string } {
  if (name === undefined) return { name: '', says: message };
  // As English and as German quote.
  const quoted = [`"${name}"`, `„${name}“`].find((each) => message.startsWith(each));
  if (quoted === undefined) return { name: `${name}: `, says: message };
  const says = message.slice(quoted.length);
  return says.startsWith(': ') ? { name: `${name}: `, says: says.slice(2) } : { name, says };
}
