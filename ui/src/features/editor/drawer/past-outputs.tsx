import { Link } from '@tanstack/react-router';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { Pin } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../shared/components/button.js';
import { Loading, LoadError } from '../../../shared/components/page.js';
import { notify } from '../../../shared/components/toasts.js';
import { StepItems } from '../../../shared/data/step-items.js';
import { countOf } from '../../../shared/format/count.js';
import { formatInstant, formatInstantFully } from '../../../shared/format/time.js';
import { usePastOutputs } from '../api/use-past-outputs.js';
import type { PastOutput } from '../api/use-past-outputs.js';
import { useEditorStore } from '../editor-store.js';
import { usePinning } from './use-pinning.js';

/** The last outputs of a step over all runs; any of them can be looked at and pinned. */
export function PastOutputs({ node }: { node: WorkflowNode }) {
  const { workflowId } = useEditorStore().getState();
  const past = usePastOutputs(workflowId, node.id);
  const [chosen, setChosen] = useState<PastOutput>();
  const pinning = usePinning(node);
  if (past.isPending) return <Loading />;
  if (past.isError) return <LoadError error={past.error} onRetry={() => void past.refetch()} />;
  if (past.data.length === 0)
    return <p className="w-full p-6 text-center text-13 text-muted">This step has given nothing in any run yet.</p>;
  const shown = chosen ?? past.data[0];
  const portOf = (output: PastOutput) => Object.keys(output.ports)[0];
  const pin = async () => {
    if (!shown) return;
    await pinning.pinFrom({ ...shown, port: portOf(shown) });
    notify('Pinned: tests use this output instead of running the step.');
  };
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <ul aria-label="Past outputs" className="thin-scroll w-64 shrink-0 overflow-y-auto border-r border-line p-1.5">
        {past.data.map((output) => (
          <li key={output.runId + output.stepId}>
            <button
              type="button"
              aria-current={output === shown ? 'true' : undefined}
              title={formatInstantFully(output.at)}
              onClick={() => setChosen(output)}
              className={`flex w-full items-baseline gap-2 rounded-md px-2 py-1 text-left text-12 ${output === shown ? 'bg-accent-soft' : 'hover:bg-hover'}`}
            >
              <span className="font-medium">{formatInstant(output.at)}</span>
              <span className="flex-1 text-muted">{sourceOf(output)}</span>
              <span className="text-muted">{countOf(sum(output.ports), 'item')}</span>
            </button>
          </li>
        ))}
      </ul>
      {shown && (
        <div className="flex min-w-0 flex-1 flex-col">
          <p className="flex shrink-0 items-center gap-2 border-b border-line px-3 py-1.5">
            <Button dense icon={<Pin size={13} />} onClick={() => void pin()}>
              Pin this output
            </Button>
            <Link
              to="/runs/$runId"
              params={{ runId: shown.runId }}
              search={{ step: node.id }}
              className="text-12 text-muted underline-offset-2 hover:underline"
            >
              Open run
            </Link>
          </p>
          <div className="min-h-0 flex-1">
            <StepItems
              key={shown.runId + shown.stepId}
              view="table"
              request={{ runId: shown.runId, stepId: shown.stepId, side: 'output', port: portOf(shown) }}
            />
          </div>
        </div>
      )}
    </div>
  );
}

const sum = (ports: Record<string, number>) => Object.values(ports).reduce((total, count) => total + count, 0);
const sourceOf = ({ mode, version }: PastOutput) =>
  mode === 'test' ? 'test' : version === null ? 'draft' : `v${version}`;
