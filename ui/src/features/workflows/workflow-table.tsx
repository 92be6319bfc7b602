import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { CirclePlay, CircleX, Copy, Download, MoreHorizontal, Play, Trash2, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { Problem } from '@wfaib/sdk/workflow-document';
import type { WorkflowSummary } from '../../api/types.js';
import { IconButton } from '../../shared/components/button.js';
import { Confirm } from '../../shared/components/confirm.js';
import { LivePill } from '../../shared/components/live-pill.js';
import { Menu } from '../../shared/components/menu.js';
import { notify, notifyError } from '../../shared/components/toasts.js';
import { copyName } from '../../shared/documents/copy-name.js';
import { exportDocument } from '../../shared/documents/export-document.js';
import { formatDay, formatInstantFully } from '../../shared/format/time.js';
import { downloadText, fileNameOf } from '../../shared/hooks/download.js';
import type { RecentRuns } from './api/organise.js';
import { createWorkflow } from './api/create-workflow.js';
import { deleteWorkflow } from './api/delete-workflow.js';
import { getWorkflow } from './api/get-workflow.js';
import { runLive } from './api/run-live.js';
import { workflowsKey } from './api/use-workflows.js';
import { RunDots } from './run-dots.js';
import { t } from '../../shared/i18n/i18n.js';

interface WorkflowTableProps {
  workflows: WorkflowSummary[];
  recent: RecentRuns | undefined;
  chosen: ReadonlySet<string>;
  onChoose(chosen: ReadonlySet<string>): void;
}

export function WorkflowTable({ workflows, recent, chosen, onChoose }: WorkflowTableProps) {
  const all = workflows.every(({ id }) => chosen.has(id));
  const toggle = (id: string) =>
    onChoose(new Set(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]));
  return (
    <div className="relative overflow-x-auto rounded-card border border-line bg-surface">
      <table className="w-full text-left">
        <thead className="border-b border-line text-12 text-muted">
          <tr>
            <th className="w-9 py-2 pl-4">
              <label className="wf-touch-check">
                <input
                  type="checkbox"
                  aria-label={t('workflows.chooseAll')}
                  checked={all}
                  onChange={() => onChoose(new Set(all ? [] : workflows.map(({ id }) => id)))}
                />
              </label>
            </th>
            <th className="px-3 py-2 font-medium">{t('common.name')}</th>
            <th className="w-32 px-3 py-2 font-medium">{t('workflows.state')}</th>
            <th className="hidden w-52 px-3 py-2 font-medium md:table-cell">{t('workflows.recent')}</th>
            <th className="hidden w-40 px-3 py-2 font-medium lg:table-cell">{t('common.changed')}</th>
            <th className="w-24 px-4 py-2">
              <span className="sr-only">{t('common.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {workflows.map((workflow) => (
            <WorkflowRow
              key={workflow.id}
              workflow={workflow}
              recent={recent?.[workflow.id]}
              chosen={chosen.has(workflow.id)}
              onToggle={() => toggle(workflow.id)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface WorkflowRowProps {
  workflow: WorkflowSummary;
  recent: RecentRuns[string] | undefined;
  chosen: boolean;
  onToggle(): void;
}

function WorkflowRow({ workflow, recent, chosen, onToggle }: WorkflowRowProps) {
  const [deleting, setDeleting] = useState(false);
  const actions = useRowActions(workflow);
  return (
    <tr className="group border-b border-line last:border-0 hover:bg-hover">
      <td className="py-2.5 pl-4">
        <label className="wf-touch-check">
          <input
            type="checkbox"
            aria-label={t('workflows.chooseOne', { name: workflow.name })}
            checked={chosen}
            onChange={onToggle}
          />
        </label>
      </td>
      <td className="px-3 py-2.5">
        <Link
          to="/workflows/$workflowId"
          params={{ workflowId: workflow.id }}
          search={{}}
          title={workflow.name}
          className="inline-block max-w-[36ch] truncate align-bottom font-medium text-ink hover:text-accent lg:max-w-[56ch]"
        >
          {workflow.name}
        </Link>
        <CredentialSign problems={workflow.credentialProblems ?? []} />
        <span className="ml-2 text-12 text-muted">{[workflow.folder, workflow.owner].filter(Boolean).join(' · ')}</span>
        {workflow.tags?.map((tag) => (
          <Link
            key={tag}
            to="/workflows"
            search={{ tag }}
            className="ml-1.5 rounded-md bg-subtle px-1.5 text-12 text-muted hover:text-ink"
          >
            {tag}
          </Link>
        ))}
      </td>
      <td className="px-3 py-2.5">
        <LivePill live={workflow.live} />
      </td>
      <td className="hidden px-3 py-2.5 md:table-cell">
        <RunDots workflowId={workflow.id} runs={recent} />
      </td>
      <td className="hidden px-3 py-2.5 text-muted lg:table-cell" title={formatInstantFully(workflow.updatedAt)}>
        {formatDay(workflow.updatedAt)}
      </td>
      <td className="px-3 py-1.5">
        <div className="flex justify-end gap-1">
          <Link
            to="/runs"
            search={{ workflowId: workflow.id }}
            aria-label={t('workflows.runsOf', { name: workflow.name })}
            title={t('shell.runs')}
            className="inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-subtle hover:text-ink"
          >
            <Play size={15} />
          </Link>
          <Menu
            trigger={
              <IconButton label={t('common.moreFor', { name: workflow.name })}>
                <MoreHorizontal size={16} />
              </IconButton>
            }
            entries={[
              ...(workflow.live === null
                ? []
                : [
                    {
                      label: t('workflows.runNow'),
                      icon: <CirclePlay size={15} />,
                      onSelect: () => void actions.runNow(),
                    },
                  ]),
              { label: t('workflows.export'), icon: <Download size={15} />, onSelect: () => void actions.exportIt() },
              { label: t('workflows.duplicate'), icon: <Copy size={15} />, onSelect: () => void actions.duplicate() },
              {
                label: t('common.delete'),
                icon: <Trash2 size={15} />,
                danger: true,
                separated: true,
                onSelect: () => setDeleting(true),
              },
            ]}
          />
        </div>
        <Confirm
          open={deleting}
          title={t('common.deleteAsk', { name: workflow.name })}
          action={t('workflows.delete')}
          busy={actions.deletion.isPending}
          onClose={() => setDeleting(false)}
          onConfirm={() => actions.deletion.mutate(undefined, { onSettled: () => setDeleting(false) })}
        >
          {t('workflows.deleteText')}
        </Confirm>
      </td>
    </tr>
  );
}

/** That a step's credential is gone, or did not pass its last test. */
function CredentialSign({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  const isGone = problems.some(({ severity }) => severity === 'error');
  const Icon = isGone ? CircleX : TriangleAlert;
  const text = problems.map(({ message }) => message).join('\n');
  return (
    <span
      title={text}
      className={`ml-2 inline-flex items-center gap-1 text-12 ${isGone ? 'text-failed' : 'text-waiting'}`}
    >
      <Icon size={13} aria-hidden />
      {t(isGone ? 'workflows.credentialGone' : 'workflows.credentialFailing')}
    </span>
  );
}

function useRowActions(workflow: WorkflowSummary) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const refresh = () => queryClient.invalidateQueries({ queryKey: workflowsKey });
  const deletion = useMutation({
    mutationFn: () => deleteWorkflow(workflow.id),
    onSuccess: () => {
      notify(t('workflows.deleted', { name: workflow.name }));
      return refresh();
    },
    onError: notifyError,
  });
  const runNow = async () => {
    try {
      await navigate({ to: '/runs/$runId', params: { runId: await runLive(workflow.id) } });
    } catch (error) {
      notifyError(error);
    }
  };
  const exportIt = async () => {
    try {
      const { draft } = await getWorkflow(workflow.id);
      downloadText(`${fileNameOf(draft.name)}.json`, exportDocument(draft));
    } catch (error) {
      notifyError(error);
    }
  };
  const duplicate = async () => {
    try {
      const { draft } = await getWorkflow(workflow.id);
      await createWorkflow({ ...draft, name: copyName(draft.name, t('workflows.copySuffix')) });
      await refresh();
    } catch (error) {
      notifyError(error);
    }
  };
  return { deletion, runNow, exportIt, duplicate };
}
