import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { WorkflowSummary } from '../../api/types.js';
import { BulkBar } from '../../shared/components/bulk-bar.js';
import { forEachOf } from '../../shared/components/bulk.js';
import type { BulkProgress } from '../../shared/components/bulk.js';
import { Button } from '../../shared/components/button.js';
import { Confirm } from '../../shared/components/confirm.js';
import { deleteWorkflow } from './api/delete-workflow.js';
import { organise } from './api/organise.js';
import { setLive } from './api/set-live.js';
import { workflowsKey } from './api/use-workflows.js';
import { LabelDialog } from './label-dialog.js';
import { t } from '../../shared/i18n/i18n.js';

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
      count={workflows.length}
      progress={progress}
      onClear={() => {
        setProgress(undefined);
        onClear();
      }}
    >
      <Button dense onClick={() => setAsked('folder')}>
        {t('workflows.folder.action')}
      </Button>
      <Button dense onClick={() => setAsked('tag')}>
        {t('workflows.tag.label')}
      </Button>
      <Button dense onClick={() => void start(({ id }) => setLive(id, true))}>
        {t('workflows.publish')}
      </Button>
      <Button dense onClick={() => void start(({ id }) => setLive(id, false))}>
        {t('workflows.takeOff')}
      </Button>
      <Button dense variant="danger" onClick={() => setAsked('delete')}>
        {t('common.delete')}
      </Button>
      <Confirm
        open={asked === 'delete'}
        title={t('workflows.deleteMany', { count: workflows.length })}
        action={t('workflows.deleteThem')}
        onClose={() => setAsked(undefined)}
        onConfirm={() => void start(({ id }) => deleteWorkflow(id))}
      >
        {t('workflows.deleteManyText')}
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
