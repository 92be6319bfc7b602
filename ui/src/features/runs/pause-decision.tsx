import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RunOverview } from '../../api/types.js';
import { Button } from '../../shared/components/button.js';
import { notifyError } from '../../shared/components/toasts.js';
import { decideStep, type StepDecision } from './api/decide-step.js';
import { runPageKey } from './api/use-run-overview.js';
import { t } from '../../shared/i18n/i18n.js';

/** What a person can do about steps that the run is paused at, and about steps that could not undo. */
export function PauseDecision({ run }: { run: RunOverview }) {
  const nameOf = (nodeId: string) => run.nodes.find((node) => node.nodeId === nodeId)?.name ?? nodeId;
  const paused = run.status === 'paused' ? run.nodes.filter(({ statuses }) => statuses.paused) : [];
  const undoing = run.waits.filter(({ kind }) => kind === 'compensation');
  if (paused.length + undoing.length === 0) return null;
  return (
    <section aria-label={t('runs.pause.title')} className="border-b border-line bg-surface px-4 py-2 md:px-6">
      {paused.map(({ nodeId, name }) => (
        <PausedStep key={nodeId} runId={run.id} nodeId={nodeId} name={name} />
      ))}
      {undoing.map(({ stepId, nodeId }) => (
        <Choices
          key={stepId}
          runId={run.id}
          title={t('runs.pause.notUndone', { name: nameOf(nodeId) })}
          choices={[
            { label: t('runs.pause.again'), decision: { step: stepId, action: 'retry' } },
            { label: t('runs.pause.byHand'), decision: { step: stepId, action: 'done' } },
            { label: t('runs.pause.leave'), decision: { step: stepId, action: 'skip' } },
          ]}
        />
      ))}
    </section>
  );
}

function PausedStep({ runId, nodeId, name }: { runId: string; nodeId: string; name: string }) {
  const [text, setText] = useState('[{ "json": {} }]');
  const items = parsed(text);
  return (
    <div className="flex flex-col gap-2 py-1">
      <Choices
        runId={runId}
        title={t('runs.pause.failed', { name })}
        choices={[
          { label: t('runs.pause.tryStep'), decision: { step: nodeId, action: 'retry' } },
          { label: t('runs.pause.skip'), decision: { step: nodeId, action: 'skip' } },
          { label: t('runs.pause.skipEmpty'), decision: { step: nodeId, action: 'skip', with: 'nothing' } },
          {
            label: t('runs.pause.use'),
            decision: { step: nodeId, action: 'use', items: items ?? [] },
            disabled: items === undefined,
          },
        ]}
      />
      <textarea
        aria-label={t('runs.pause.items', { name })}
        aria-invalid={items === undefined}
        value={text}
        onChange={(event) => setText(event.target.value)}
        rows={2}
        className="w-full max-w-2xl rounded-md border border-line bg-surface p-2 font-mono text-12"
      />
    </div>
  );
}

interface Choice {
  label: string;
  decision: StepDecision;
  disabled?: boolean;
}

function Choices({ runId, title, choices }: { runId: string; title: string; choices: Choice[] }) {
  const [busy, setBusy] = useState(false);
  const queryClient = useQueryClient();
  const choose = async (decision: StepDecision) => {
    setBusy(true);
    await decideStep(runId, decision).catch(notifyError);
    await queryClient.invalidateQueries({ queryKey: runPageKey(runId) });
    setBusy(false);
  };
  return (
    <div className="flex flex-wrap items-center gap-2 text-13">
      <p className="font-medium text-waiting">{title}</p>
      {choices.map(({ label, decision, disabled = false }) => (
        <Button key={label} dense disabled={busy || disabled} onClick={() => void choose(decision)}>
          {label}
        </Button>
      ))}
    </div>
  );
}

/** The list of items in a text; undefined where it holds none. */
function parsed(text: string): object[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? (value as object[]) : undefined;
  } catch {
    return undefined;
  }
}
