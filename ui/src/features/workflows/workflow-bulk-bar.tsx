import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { WorkflowSummary } from '../../api/types.js';
import { BulkBar } from '../../shared/components/bulk-bar.js';
import { forEachOf } from '../../shared/components/bulk.js';
import type { BulkProgress } from '../../shared/components/bulk.js';
import { Button } from '../../shared/components/button.js';
import { Confirm } from '../../shared/components/confirm.js';
import { countOf } from '../../shared/format/count.js';
import { deleteWorkflow } from './api/delete-workflow.js';
import { organise } from './api/organise.js';
import { setLive } from './api/set-live.js';
import { workflowsKey } from './api/use-workflows.js';
import { LabelDialog } from './label-dialog.js';

/** What can be done with all workflows that are chosen. */
export function WorkflowBulkBar({ workflows, onClear }: { workflows: WorkflowSummary[]; onClear(): void }) {
  const [progress, setProgress] = useState<BulkProgress>();
  const [asked, setAsked] = useState<'delete' | 'folder' | 'tag'>();
  const queryClient = useQueryClient();
  const start = async (work: (workflow: WorkflowSummary) => Promise<unknown>) => {
    setAsked(undefined);
    await forEachOf(workflows, ({ name }) => name, work, setProgress);
    await queryClient.invalidateQueries({ queryKey: workflowsKey });
  };
  return (
    <BulkBar
      noun="workflow"
      count={workflows.length}
      progress={progress}
      onClear={() => {
        setProgress(undefined);
        onClear();
      }}
    >
      <Button dense onClick={() => setAsked('folder')}>
        Move
      </Button>
      <Button dense onClick={() => setAsked('tag')}>
        Tag
      </Button>
      <Button dense onClick={() => void start(({ id }) => setLive(id, true))}>
        Publish
      </Button>
      <Button dense onClick={() => void start(({ id }) => setLive(id, false))}>
        Take off
      </Button>
      <Button dense variant="danger" onClick={() => setAsked('delete')}>
        Delete
      </Button>
      <Confirm
        open={asked === 'delete'}
        title={`Delete ${countOf(workflows.length, 'workflow')}?`}
        action="Delete them"
        onClose={() => setAsked(undefined)}
        onConfirm={() => void start(({ id }) => deleteWorkflow(id))}
      >
        Their drafts and versions go. Runs that already happened stay readable. Live ones are refused: take them off
        first.
      </Confirm>
      {asked === 'folder' && (
        <LabelDialog
          kind="folder"
          onClose={() => setAsked(undefined)}
          onChoose={(folder) => void start(({ id }) => organise(id, { folder }))}
        />
      )}
      {asked === 'tag' && (
        <LabelDialog
          kind="tag"
          onClose={() => setAsked(undefined)}
          onChoose={(tag) =>
            void start(({ id, tags = [] }) =>
              tag === '' ? organise(id, { tags: [] }) : organise(id, { tags: [...tags, tag] }),
            )
          }
        />
      )}
    </BulkBar>
  );
}
