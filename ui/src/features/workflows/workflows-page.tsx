import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { FileJson, ListTree, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../shared/components/button.js';
import { Empty, Loading, LoadError, Page } from '../../shared/components/page.js';
import { SearchBox } from '../../shared/components/search-box.js';
import { notifyError } from '../../shared/components/toasts.js';
import { createWorkflow } from './api/create-workflow.js';
import { useWorkflows, workflowsKey } from './api/use-workflows.js';
import { ImportDialog } from './import-dialog.js';
import { WorkflowTable } from './workflow-table.js';

export function WorkflowsPage() {
  const { q = '' } = useSearch({ from: '/shell/workflows' });
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [importing, setImporting] = useState(false);
  const list = useWorkflows(q);
  const workflows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const open = async (workflowId: string) => {
    void queryClient.invalidateQueries({ queryKey: workflowsKey });
    await navigate({ to: '/workflows/$workflowId', params: { workflowId }, search: {} });
  };
  const create = useMutation({
    mutationFn: () => createWorkflow({ wfaib: 1, name: 'Untitled workflow', nodes: [], connections: [] }),
    onSuccess: (workflow) => open(workflow.id),
    onError: notifyError,
  });
  const newButtons = (
    <>
      <Button onClick={() => void navigate({ to: '/templates', search: {} })}>Templates</Button>
      <Button icon={<FileJson size={15} />} onClick={() => setImporting(true)}>
        Import
      </Button>
      <Button variant="primary" icon={<Plus size={15} />} disabled={create.isPending} onClick={() => create.mutate()}>
        New workflow
      </Button>
    </>
  );

  return (
    <Page
      title="Workflows"
      actions={
        <>
          <SearchBox
            label="Search workflows"
            value={q}
            onChange={(next) => void navigate({ to: '/workflows', search: next ? { q: next } : {}, replace: true })}
          />
          {newButtons}
        </>
      }
    >
      {list.isPending && <Loading />}
      {list.isError && <LoadError error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && workflows.length === 0 && q !== '' && (
        <Empty
          title="No workflow matches"
          action={<Button onClick={() => void navigate({ to: '/workflows', search: {} })}>Clear search</Button>}
        />
      )}
      {list.isSuccess && workflows.length === 0 && q === '' && (
        <Empty icon={<ListTree size={24} />} title="No workflows yet" action={newButtons}>
          A workflow starts with a trigger, such as a webhook, and does steps with what came in. Every run survives a
          crash.
        </Empty>
      )}
      {workflows.length > 0 && <WorkflowTable workflows={workflows} />}
      {list.hasNextPage && (
        <div className="mt-4 text-center">
          <Button disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      <ImportDialog open={importing} onClose={() => setImporting(false)} onImported={(id) => void open(id)} />
    </Page>
  );
}
