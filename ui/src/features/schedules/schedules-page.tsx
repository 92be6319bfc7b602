import { Link } from '@tanstack/react-router';
import { Clock } from 'lucide-react';
import { useState } from 'react';
import { Empty, Loading, LoadError, Page } from '../../shared/components/page.js';
import { StatusLabel } from '../../shared/components/status.js';
import { scheduleInWords } from '../../shared/format/schedule-words.js';
import { formatDay, formatDuration } from '../../shared/format/time.js';
import { useNow } from '../../shared/hooks/use-now.js';
import { useSchedules } from './api/schedules.js';
import type { Schedule } from './api/schedules.js';
import { ScheduleDetails } from './schedule-details.js';
import { t } from '../../shared/i18n/i18n.js';

/** What starts by the clock: when it comes next, how the last went, and what one can do about it. */
export function SchedulesPage() {
  const list = useSchedules();
  const [open, setOpen] = useState<string>();
  const now = useNow(true, 1_000);
  return (
    <Page title={t('schedules.title')}>
      {list.isPending && <Loading />}
      {list.isError && <LoadError error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && (
        <Empty icon={<Clock size={24} />} title={t('schedules.none')}>
          {t('schedules.empty')}
        </Empty>
      )}
      {list.data && list.data.items.length > 0 && (
        <ul className="flex flex-col gap-2">
          {list.data.items.map((schedule) => (
            <li key={schedule.id} className="rounded-card border border-line bg-surface">
              <ScheduleRow
                schedule={schedule}
                now={now}
                isOpen={open === schedule.id}
                onToggle={() => setOpen(open === schedule.id ? undefined : schedule.id)}
              />
              {open === schedule.id && <ScheduleDetails schedule={schedule} />}
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

interface ScheduleRowProps {
  schedule: Schedule;
  now: number;
  isOpen: boolean;
  onToggle(): void;
}

function ScheduleRow({ schedule, now, isOpen, onToggle }: ScheduleRowProps) {
  const { workflowId, workflowName, nodeName, last, missed } = schedule;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
      <div className="min-w-48 flex-1">
        <Link to="/workflows/$workflowId" params={{ workflowId }} search={{}} className="font-medium hover:text-accent">
          {workflowName}
        </Link>
        <span className="text-muted"> · {nodeName}</span>
        <p className="text-12 text-muted">
          <span title={schedule.cron.join(', ')}>{scheduleInWords({ ...schedule })}</span> · {schedule.timezone}
        </p>
        {missed && <p className="text-12 text-waiting">{t('schedules.missed', { count: missed.count })}</p>}
      </div>
      <div className="w-56 text-13">{nextOf(schedule, now)}</div>
      <div className="w-32">
        {last?.runId ? (
          <Link
            to="/runs/$runId"
            params={{ runId: last.runId }}
            search={{}}
            title={formatDay(last.at)}
            className="hover:underline"
          >
            <StatusLabel status={last.runStatus ?? 'pending'} />
          </Link>
        ) : (
          <span className="text-muted">{last ? t(`schedules.state.${last.state}`) : t('schedules.neverRan')}</span>
        )}
      </div>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-label={t(isOpen ? 'schedules.lessAbout' : 'schedules.moreAbout', {
          workflow: workflowName,
          step: nodeName,
        })}
        onClick={onToggle}
        className="rounded-md px-2 py-1 text-12 font-medium text-muted hover:bg-subtle hover:text-ink"
      >
        {t(isOpen ? 'common.less' : 'common.more')}
      </button>
    </div>
  );
}

function nextOf(schedule: Schedule, now: number) {
  if (schedule.paused)
    return (
      <span className="text-waiting">
        {schedule.paused.note
          ? t('schedules.pausedWhy', { note: schedule.paused.note })
          : t('schedules.pausedSince', { time: formatDay(schedule.paused.at) })}
      </span>
    );
  if (!schedule.armed || !schedule.nextAt) return <span className="text-muted">{t('live.off')}</span>;
  const due = Date.parse(schedule.nextAt);
  return (
    <>
      {formatDay(due)}{' '}
      <span className="text-muted">
        {due > now ? t('schedules.in', { time: formatDuration(due - now) }) : t('schedules.now')}
      </span>
    </>
  );
}
