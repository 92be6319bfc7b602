import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { FileJson, ListTree, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../shared/components/button.js';
import { Empty, Loading, LoadError, Page } from '../../shared/components/page.js';
import { SearchBox } from '../../shared/components/search-box.js';
import { notifyError } from '../../shared/components/toasts.js';
import { createWorkflow } from './api/create-workflow.js';
import { useLabels, useRecentRuns } from './api/organise.js';
import type { Labels } from './api/organise.js';
import { useWorkflows, workflowsKey } from './api/use-workflows.js';
import type { WorkflowFilters } from './api/use-workflows.js';
import { ImportDialog } from './import-dialog.js';
import { WorkflowBulkBar } from './workflow-bulk-bar.js';
import { WorkflowTable } from './workflow-table.js';
import { t } from '../../shared/i18n/i18n.js';

export function WorkflowsPage() {
  const filters = useSearch({ from: '/shell/workflows' });
  const { q = '' } = filters;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const labels = useLabels();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [importing, setImporting] = useState(false);
  const list = useWorkflows(filters);
  const workflows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const recent = useRecentRuns(workflows.map(({ id }) => id));
  const isFiltered = Object.keys(filters).length > 0;
  const filter = (part: WorkflowFilters) => {
    const next = Object.fromEntries(Object.entries({ ...filters, ...part }).filter(([, value]) => value));
    void navigate({ to: '/workflows', search: next, replace: true });
  };
  const open = async (workflowId: string) => {
    void queryClient.invalidateQueries({ queryKey: workflowsKey });
    await navigate({ to: '/workflows/$workflowId', params: { workflowId }, search: {} });
  };
  const create = useMutation({
    mutationFn: () => createWorkflow({ wfaib: 1, name: t('workflows.untitled'), nodes: [], connections: [] }),
    onSuccess: (workflow) => open(workflow.id),
    onError: notifyError,
  });
  const newButtons = (
    <>
      <Button onClick={() => void navigate({ to: '/templates', search: {} })}>{t('templates.title')}</Button>
      <Button icon={<FileJson size={15} />} onClick={() => setImporting(true)}>
        {t('workflows.import')}
      </Button>
      <Button variant="primary" icon={<Plus size={15} />} disabled={create.isPending} onClick={() => create.mutate()}>
        {t('workflows.new')}
      </Button>
    </>
  );

  return (
    <Page
      title={t('workflows.title')}
      actions={
        <>
          <SearchBox label={t('workflows.search')} value={q} onChange={(next) => filter({ q: next })} />
          {newButtons}
        </>
      }
      {...(hasLabels(labels.data) || isFiltered
        ? {
            toolbar: (
              <>
                <LabelSelect
                  label={t('workflows.folder.label')}
                  value={filters.folder}
                  options={labels.data?.folders}
                  onChange={(folder) => filter({ folder })}
                />
                <LabelSelect
                  label={t('workflows.tag.label')}
                  value={filters.tag}
                  options={labels.data?.tags}
                  onChange={(tag) => filter({ tag })}
                />
                <select
                  aria-label={t('workflows.state')}
                  className="field-input w-32!"
                  value={filters.live ?? ''}
                  onChange={(event) => filter({ live: event.target.value })}
                >
                  <option value="">{t('workflows.anyState')}</option>
                  <option value="true">{t('workflows.live')}</option>
                  <option value="false">{t('live.off')}</option>
                </select>
              </>
            ),
          }
        : {})}
    >
      {list.isPending && <Loading />}
      {list.isError && <LoadError error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && workflows.length === 0 && isFiltered && (
        <Empty
          title={t('workflows.noMatch')}
          action={
            <Button onClick={() => void navigate({ to: '/workflows', search: {} })}>{t('common.clearFilters')}</Button>
          }
        />
      )}
      {list.isSuccess && workflows.length === 0 && !isFiltered && (
        <Empty icon={<ListTree size={24} />} title={t('workflows.none')} action={newButtons}>
          {t('workflows.empty')}
        </Empty>
      )}
      <WorkflowBulkBar workflows={workflows.filter(({ id }) => chosen.has(id))} onClear={() => setChosen(new Set())} />
      {workflows.length > 0 && (
        <WorkflowTable workflows={workflows} recent={recent.data} chosen={chosen} onChoose={setChosen} />
      )}
      {list.hasNextPage && (
        <div className="mt-4 text-center">
          <Button disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common.showMore')}
          </Button>
        </div>
      )}
      <ImportDialog open={importing} onClose={() => setImporting(false)} onImported={(id) => void open(id)} />
    </Page>
  );
}

const hasLabels = (labels: Labels | undefined) => (labels?.folders.length ?? 0) + (labels?.tags.length ?? 0) > 0;

interface LabelSelectProps {
  label: string;
  value: string | undefined;
  options: { name: string; count: number }[] | undefined;
  onChange(value: string): void;
}

function LabelSelect({ label, value, options = [], onChange }: LabelSelectProps) {
  return (
    <select
      aria-label={label}
      className="field-input w-44!"
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t('workflows.allOf', { label })}</option>
      {value && !options.some(({ name }) => name === value) && <option>{value}</option>}
      {options.map(({ name, count }) => (
        <option key={name} value={name}>
          {name} ({count})
        </option>
      ))}
    </select>
  );
}
