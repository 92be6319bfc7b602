import type { Problem } from '@wfaib/sdk/workflow-document';
import { useDocument } from './editor-store.js';
import { problemWords } from './problem-words.js';

/** A problem in a list: its step first. */
export function ProblemText({ problem }: { problem: Problem }) {
  const step = useDocument().nodes.find(({ id }) => id === problem.nodeId);
  const { name, says } = problemWords(problem, step?.name);
  return (
    <>
      {name && <b className="font-medium">{name}</b>}
      {says}
    </>
  );
}
