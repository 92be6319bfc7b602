import { lazy, Suspense, useState } from 'react';
import type { ReactNode } from 'react';
import type { RunOverview, StepStory } from '../../api/types.js';
import { notify } from '../../shared/components/toasts.js';
import type { StepToEdit } from './edit-and-run-dialog.js';
import type { RetryPlace } from './model/retry-places.js';
import { RetryDialog } from './retry-dialog.js';
import { useRetry } from './use-retry.js';
import { t } from '../../shared/i18n/i18n.js';

const EditAndRunDialog = lazy(() =>
  import('./edit-and-run-dialog.js').then((module) => ({ default: module.EditAndRunDialog })),
);

interface Repeats {
  /** Asks how the run is to be repeated. */
  retry(place?: RetryPlace): void;
  /** Opens the input of a step, to go on with another one; `at`: after this event. */
  edit(step: StepToEdit, at?: number): void;
  /** What was opened. */
  dialogs: ReactNode;
}

/** The ways to make a new run of this one. `first`: its first visit, whose output is what it was started with. */
export function useRepeats(run: RunOverview, first: StepStory | undefined): Repeats {
  const [asked, setAsked] = useState<{ place: RetryPlace | undefined }>();
  const [editing, setEditing] = useState<{ step: StepToEdit; at: number | undefined }>();
  const { busy, start, open } = useRetry(run.id);
  const editStart = () => {
    setAsked(undefined);
    if (first) setEditing({ step: { ...first, isTrigger: true }, at: undefined });
  };
  const dialogs = (
    <>
      {asked && (
        <RetryDialog
          run={run}
          place={asked.place}
          busy={busy}
          onStart={(request) => void start(request)}
          onEditInput={editStart}
          onClose={() => setAsked(undefined)}
        />
      )}
      {editing && (
        <Suspense>
          <EditAndRunDialog
            runId={run.id}
            visit={editing.step}
            at={editing.at}
            onClose={() => setEditing(undefined)}
            onStarted={(id) => {
              setEditing(undefined);
              notify(t('runs.newRun'));
              open(id);
            }}
          />
        </Suspense>
      )}
    </>
  );
  return { retry: (place) => setAsked({ place }), edit: (step, at) => setEditing({ step, at }), dialogs };
}
