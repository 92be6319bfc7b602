import { say, tell } from '@wfaib/sdk/sentence';
import type { Problem } from '@wfaib/sdk/workflow-document';
import type { Draft, DraftNode } from './validate-document-draft.js';

/** Paths that repeat the beginning of each address, which is hardly meant: such a webhook is answered at `/hooks/hooks/…`. */
export function webhookProblems({ nodes }: Draft): Problem[] {
  return nodes.filter(({ type }) => type === 'core.webhook').flatMap(problemsOf);
}

function problemsOf({ id, name, parameters: { path } }: DraftNode): Problem[] {
  if (typeof path !== 'string' || !/^[\s/]*hooks(\/|\s*$)/.test(path)) return [];
  const fault = say`The address of "${{ name }}" begins with /hooks/ anyway: leave it out of the path.`;
  return [{ severity: 'warning', code: 'parameter.invalid', nodeId: id, field: 'parameters.path', ...tell(fault) }];
}
