import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Pause, Play, Zap } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../shared/components/button.js';
import { LoadError } from '../../shared/components/page.js';
import { StatusLabel } from '../../shared/components/status.js';
import { notify, notifyError } from '../../shared/components/toasts.js';
import { formatDay } from '../../shared/format/time.js';
import {
  backfillSchedule,
  pauseSchedule,
  resumeSchedule,
  schedulesKey,
  triggerSchedule,
  useFirings,
  useNextTimes,
} from './api/schedules.js';
import type { Schedule } from './api/schedules.js';
import { t } from '../../shared/i18n/i18n.js';

/** Next times, what became of the last ones, and pause, start now and backfill. */
export function ScheduleDetails({ schedule }: { schedule: Schedule }) {
  const { id } = schedule;
  const [note, setNote] = useState('');
  const next = useNextTimes(id);
  const firings = useFirings(id);
  const act = useAction();
  return (
    <div className="grid gap-5 border-t border-line px-4 py-4 md:grid-cols-3">
      <section>
        <h3 className="mb-1 font-semibold">{t('schedules.do')}</h3>
        <div className="flex flex-wrap gap-2">
          <Button
            dense
            icon={<Zap size={13} />}
            disabled={!schedule.armed || act.isPending}
            onClick={() => act.mutate({ work: () => triggerSchedule(id), done: t('schedules.started') })}
          >
            {t('schedules.startNow')}
          </Button>
          {schedule.paused && (
            <Button
              dense
              icon={<Play size={13} />}
              disabled={act.isPending}
              onClick={() => act.mutate({ work: () => resumeSchedule(id), done: t('schedules.resumed') })}
            >
              {t('schedules.resume')}
            </Button>
          )}
        </div>
        {!schedule.paused && (
          <form
            className="mt-3 flex gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              act.mutate({ work: () => pauseSchedule(id, note), done: t('schedules.isPaused') });
            }}
          >
            <input
              aria-label={t('schedules.why')}
              placeholder={t('schedules.whyHint')}
              className="field-input min-w-0"
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
            <Button dense type="submit" icon={<Pause size={13} />} disabled={act.isPending}>
              {t('schedules.pause')}
            </Button>
          </form>
        )}
        <Backfill
          onStart={(range) => act.mutate({ work: () => backfillSchedule(id, range), done: t('schedules.backfilling') })}
        />
      </section>
      <section>
        <h3 className="mb-1 font-semibold">{t('schedules.next')}</h3>
        {next.isError && <LoadError error={next.error} />}
        <ol className="text-13 text-muted">
          {next.data?.times.map((time) => (
            <li key={time} title={time}>
              {formatDay(time)}
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h3 className="mb-1 font-semibold">{t('schedules.last')}</h3>
        {firings.isError && <LoadError error={firings.error} />}
        {firings.data?.items.length === 0 && <p className="text-muted">{t('schedules.nothingYet')}</p>}
        <ol className="text-13">
          {firings.data?.items.map((firing) => (
            <li key={firing.scheduledFor + firing.kind} className="flex gap-3">
              <span className="w-36 text-muted">{formatDay(firing.scheduledFor)}</span>
              {firing.runId ? (
                <Link to="/runs/$runId" params={{ runId: firing.runId }} search={{}} className="hover:underline">
                  <StatusLabel status={firing.runStatus ?? 'pending'} />
                </Link>
              ) : (
                <span title={firing.note ?? undefined}>
                  {t(`schedules.state.${firing.state}`)}
                  {firing.note ? `: ${firing.note}` : ''}
                </span>
              )}
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

function Backfill({ onStart }: { onStart(range: { from: string; to: string }): void }) {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  return (
    <details className="mt-3">
      <summary className="cursor-pointer text-12 text-muted">{t('schedules.backfillTitle')}</summary>
      <form
        className="mt-2 flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          onStart({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
        }}
      >
        <label className="text-12 text-muted">
          {t('schedules.from')}
          <input
            type="datetime-local"
            required
            className="field-input"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        </label>
        <label className="text-12 text-muted">
          {t('schedules.to')}
          <input
            type="datetime-local"
            required
            className="field-input"
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
        </label>
        <p className="text-12 text-muted">{t('schedules.backfillHint')}</p>
        <Button dense type="submit">
          {t('schedules.backfill')}
        </Button>
      </form>
    </details>
  );
}

function useAction() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ work }: { work(): Promise<unknown>; done: string }) => work(),
    onSuccess: (_answer, { done }) => {
      notify(done);
      return queryClient.invalidateQueries({ queryKey: schedulesKey });
    },
    onError: notifyError,
  });
}
