import { useQuery } from '@tanstack/react-query';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { post } from '../../../api/client.js';
import { scheduleInWords } from '../../../shared/format/schedule-words.js';
import { useDebounced } from '../../../shared/hooks/use-debounced.js';
import { localeOf, t } from '../../../shared/i18n/i18n.js';
import { useDocument } from '../editor-store.js';

/** When a schedule starts, in words, and its next starts in its time zone. */
export function ScheduleTimes({ node }: { node: WorkflowNode }) {
  const { settings } = useDocument();
  const parameters = useDebounced(node.parameters, 400);
  const { every, timezone } = parameters as { every?: unknown; timezone?: unknown };
  const words = scheduleInWords(parameters);
  const zone = typeof timezone === 'string' && timezone !== '' ? timezone : (settings?.timezone ?? 'UTC');
  const next = useQuery({
    queryKey: ['schedules', 'preview', parameters, zone],
    enabled: words !== undefined,
    queryFn: () =>
      post<{ times: string[]; problems: unknown[] }>('/api/schedules/preview', {
        parameters,
        timezone: zone,
        count: 3,
      }),
  });
  if (words === undefined) return null;
  // What is wrong with it is said at its field.
  if (!next.data || next.data.problems.length > 0) return null;
  const format = new Intl.DateTimeFormat(localeOf(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    second: every ? '2-digit' : undefined,
    timeZone: zone,
  });
  return (
    <section
      aria-label={t('editor.schedule.next')}
      className="rounded-card border border-line bg-canvas/60 px-3 py-2 text-12"
    >
      <p className="font-medium">{words}</p>
      {next.data.times.length === 0 ? (
        <p className="mt-1 text-muted">{t('editor.schedule.none')}</p>
      ) : (
        <>
          <p className="mt-1 text-muted">
            {t('editor.schedule.next')} ({zone})
          </p>
          <ol>
            {next.data.times.map((time) => (
              <li key={time}>{format.format(new Date(time))}</li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
