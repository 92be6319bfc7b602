import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Copy, Download, MoreHorizontal, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
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
import { workflowsKey } from './api/use-workflows.js';
import { RunDots } from './run-dots.js';

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
    <div className="overflow-x-auto rounded-card border border-line bg-surface">
      <table className="w-full text-left">
        <thead className="border-b border-line text-12 text-muted">
          <tr>
            <th className="w-9 py-2 pl-4">
              <input
                type="checkbox"
                aria-label="Choose all workflows that are shown"
                checked={all}
                onChange={() => onChoose(new Set(all ? [] : workflows.map(({ id }) => id)))}
              />
            </th>
            <th className="px-3 py-2 font-medium">Name</th>
            <th className="w-32 px-3 py-2 font-medium">State</th>
            <th className="hidden w-52 px-3 py-2 font-medium md:table-cell">Last runs</th>
            <th className="hidden w-40 px-3 py-2 font-medium lg:table-cell">Changed</th>
            <th className="w-24 px-4 py-2">
              <span className="sr-only">Actions</span>
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
        <input type="checkbox" aria-label={`Choose ${workflow.name}`} checked={chosen} onChange={onToggle} />
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
            aria-label={`Runs of ${workflow.name}`}
            title="Runs"
            className="inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-subtle hover:text-ink"
          >
            <Play size={15} />
          </Link>
          <Menu
            trigger={
              <IconButton label={`More for ${workflow.name}`}>
                <MoreHorizontal size={16} />
              </IconButton>
            }
            entries={[
              { label: 'Export', icon: <Download size={15} />, onSelect: () => void actions.exportIt() },
              { label: 'Duplicate', icon: <Copy size={15} />, onSelect: () => void actions.duplicate() },
              {
                label: 'Delete',
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
          title={`Delete “${workflow.name}”?`}
          action="Delete workflow"
          busy={actions.deletion.isPending}
          onClose={() => setDeleting(false)}
          onConfirm={() => actions.deletion.mutate(undefined, { onSettled: () => setDeleting(false) })}
        >
          Its draft and versions go. Runs that already happened stay readable. Export it first if you may want it back.
        </Confirm>
      </td>
    </tr>
  );
}

function useRowActions(workflow: WorkflowSummary) {
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: workflowsKey });
  const deletion = useMutation({
    mutationFn: () => deleteWorkflow(workflow.id),
    onSuccess: () => {
      notify(`“${workflow.name}” is deleted.`);
      return refresh();
    },
    onError: notifyError,
  });
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
      await createWorkflow({ ...draft, name: copyName(draft.name, ' (copy)') });
      await refresh();
    } catch (error) {
      notifyError(error);
    }
  };
  return { deletion, exportIt, duplicate };
}
