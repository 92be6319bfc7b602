import { Link } from '@tanstack/react-router';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { Pin } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../shared/components/button.js';
import { Segmented } from '../../../shared/components/segmented.js';
import { Loading, LoadError } from '../../../shared/components/page.js';
import { notify } from '../../../shared/components/toasts.js';
import { StepItems } from '../../../shared/data/step-items.js';
import { formatNumber } from '../../../shared/format/count.js';
import { formatInstant, formatInstantFully } from '../../../shared/format/time.js';
import { outputPorts, portChoices } from '../../../shared/steps/ports.js';
import { usePastOutputs } from '../api/use-past-outputs.js';
import type { PastOutput } from '../api/use-past-outputs.js';
import { isWatching, useEditor, useEditorStore } from '../editor-store.js';
import { usePinning } from './use-pinning.js';
import { t } from '../../../shared/i18n/i18n.js';

/** The last outputs of a step over all runs; any of them can be looked at and pinned. */
export function PastOutputs({ node }: { node: WorkflowNode }) {
  const { workflowId } = useEditorStore().getState();
  const past = usePastOutputs(workflowId, node.id);
  const [chosen, setChosen] = useState<PastOutput>();
  const pinning = usePinning(node);
  const watching = useEditor(isWatching);
  const descriptor = useEditor((state) => state.catalog.find(node.type));
  const [wanted, setWanted] = useState<string>();
  if (past.isPending) return <Loading />;
  if (past.isError) return <LoadError error={past.error} onRetry={() => void past.refetch()} />;
  if (past.data.length === 0)
    return <p className="w-full p-6 text-center text-13 text-muted">{t('editor.past.none')}</p>;
  const shown = chosen ?? past.data[0];
  const ports = Object.keys(shown?.ports ?? {});
  const port = ports.find((name) => name === wanted) ?? ports[0];
  const waysOut = outputPorts(node, descriptor);
  const pin = async () => {
    if (!shown) return;
    await pinning.pinFrom({ ...shown, port });
    notify(t('editor.past.pinned'));
  };
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <ul
        aria-label={t('editor.past.title')}
        className="thin-scroll w-64 shrink-0 overflow-y-auto border-r border-line p-1.5"
      >
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
              <span className="text-muted">{t('common.items', { count: sum(output.ports) })}</span>
            </button>
          </li>
        ))}
      </ul>
      {shown && (
        <div className="flex min-w-0 flex-1 flex-col">
          <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
            <Button
              dense
              icon={<Pin size={13} />}
              disabled={watching}
              title={watching ? t('editing.notNow') : undefined}
              onClick={() => void pin()}
            >
              {t('editor.past.pin')}
            </Button>
            <Link
              to="/runs/$runId"
              params={{ runId: shown.runId }}
              search={{ step: node.id }}
              className="text-12 text-muted underline-offset-2 hover:underline"
            >
              {t('editor.openRun')}
            </Link>
            {ports.length > 1 && (
              <Segmented
                dense
                label={t('editor.data.port')}
                value={port ?? ''}
                onChange={setWanted}
                options={portChoices(waysOut, ports).map(({ value, label }) => ({
                  value,
                  label: `${label} ${formatNumber(shown.ports[value] ?? 0)}`,
                }))}
              />
            )}
          </div>
          <div className="min-h-0 flex-1">
            <StepItems
              key={`${shown.runId}${shown.stepId}${port}`}
              view="table"
              request={{ runId: shown.runId, stepId: shown.stepId, side: 'output', port }}
            />
          </div>
        </div>
      )}
    </div>
  );
}

const sum = (ports: Record<string, number>) => Object.values(ports).reduce((total, count) => total + count, 0);
const sourceOf = ({ mode, version }: PastOutput) =>
  mode === 'test' ? t('runs.test') : version === null ? t('runs.draft') : t('runs.version', { version });
