import { useState } from 'react';
import type { Run, RunStep } from '../../api/types.js';
import { Segmented } from '../../shared/components/segmented.js';
import { StatusLabel } from '../../shared/components/status.js';
import { ErrorCard } from '../../shared/data/error-card.js';
import { StepItems } from '../../shared/data/step-items.js';
import type { DataView } from '../../shared/data/step-items.js';
import { StepLogs } from '../../shared/data/step-logs.js';
import { formatInstantFully } from '../../shared/format/time.js';
import { useStored } from '../../shared/hooks/use-stored.js';
import { useStepProgress } from '../../shared/runs/run-store.js';

type Side = 'input' | 'output' | 'error' | 'logs';

/** Data, error and logs of the selected step. */
export function StepDetails({ run, step }: { run: Run; step: RunStep | undefined }) {
  const [side, setSide] = useState<Side>(step?.error ? 'error' : 'output');
  const [view, setView] = useStored<DataView>('run-data-view', 'json');
  const [port, setPort] = useState<string>();
  const progress = useStepProgress(step?.nodeId ?? '');
  if (!step) return <p className="p-8 text-center text-muted">Select a step.</p>;
  const ports = Object.keys(step.ports ?? progress?.itemsOut ?? {});
  const shownPort = side === 'output' ? (port ?? ports[0]) : undefined;
  const sides: { value: Side; label: string }[] = [
    { value: 'input', label: 'Input' },
    { value: 'output', label: 'Output' },
    ...(step.error ? [{ value: 'error' as const, label: 'Error' }] : []),
    { value: 'logs', label: 'Logs' },
  ];
  return (
    <section aria-label={`Details of ${step.name}`} className="flex h-full flex-col bg-surface">
      <header className="shrink-0 px-4 pt-3 pb-2">
        <div className="flex items-center gap-2">
          <h2 className="min-w-0 truncate text-14 font-semibold">{step.name}</h2>
          <span className="flex text-12">
            <StatusLabel status={step.status} />
          </span>
          {step.attempt > 1 && <span className="text-12 text-retrying">attempt {step.attempt}</span>}
        </div>
        <p className="truncate text-12 text-muted">{formatInstantFully(step.startedAt)}</p>
      </header>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 pb-2">
        <Segmented<Side> dense label="Part" value={side} onChange={setSide} options={sides} />
        {side === 'output' && ports.length > 1 && (
          <Segmented
            dense
            label="Port"
            value={shownPort ?? ''}
            onChange={setPort}
            options={ports.map((name) => ({ value: name, label: name }))}
          />
        )}
        <div className="flex-1" />
        {(side === 'input' || side === 'output') && (
          <Segmented
            dense
            label="View"
            value={view}
            onChange={setView}
            options={[
              { value: 'json', label: 'JSON' },
              { value: 'table', label: 'Table' },
            ]}
          />
        )}
      </div>
      <div className="min-h-0 flex-1">
        {side === 'error' && step.error && (
          <div className="thin-scroll h-full overflow-auto p-4">
            <ErrorCard error={step.error} />
          </div>
        )}
        {side === 'logs' && <StepLogs runId={run.id} stepId={step.id} />}
        {(side === 'input' || side === 'output') && (
          <StepItems
            request={{ runId: run.id, stepId: step.id, side, port: shownPort, version: step.status }}
            view={view}
          />
        )}
      </div>
    </section>
  );
}
