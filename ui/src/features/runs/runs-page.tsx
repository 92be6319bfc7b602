import { useNavigate, useSearch } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../shared/components/button.js';
import { Empty, Loading, LoadError, Page } from '../../shared/components/page.js';
import { SearchBox } from '../../shared/components/search-box.js';
import { Segmented } from '../../shared/components/segmented.js';
import { statusLooks } from '../../shared/components/status.js';
import { formatDay } from '../../shared/format/time.js';
import { t } from '../../shared/i18n/i18n.js';
import { useRuns } from './api/use-runs.js';
import type { RunFilters } from './api/use-runs.js';
import { useWorkflowNames } from './api/workflow-names.js';
import { RunBulkBar } from './run-bulk-bar.js';
import { useUserId } from './api/use-user-id.js';
import { RunTable } from './run-table.js';
import { useRunsNews } from './runs-news.js';
import { SavedFilters } from './saved-filters.js';

const states = ['pending', 'running', 'waiting', 'paused', 'succeeded', 'failed', 'cancelled'] as const;

const starters = ['manual', 'api', 'webhook', 'schedule', 'call', 'error', 'retry'] as const;

export function RunsPage() {
  const filters = useSearch({ from: '/shell/runs' });
  const navigate = useNavigate();
  const names = useWorkflowNames();
  const userId = useUserId();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  useRunsNews();
  const list = useRuns(filters);
  const runs = list.data?.pages.flatMap((page) => page.items) ?? [];
  const searchedTo = list.data?.pages.at(-1)?.searchedTo;
  const isFiltered = Object.keys(filters).length > 0;
  const show = (next: RunFilters) => void navigate({ to: '/runs', search: next, replace: true });
  const filter = (part: RunFilters) =>
    show(
      Object.fromEntries(
        Object.entries({ ...filters, ...part }).filter(([, value]) => value !== '' && value !== undefined),
      ),
    );
  return (
    <Page
      title={t('shell.runs')}
      toolbar={
        <>
          <div className="thin-scroll max-w-full overflow-x-auto">
            <Segmented
              dense
              label={t('runs.filter.state')}
              value={filters.status ?? ''}
              options={[
                { value: '', label: t('runs.all') },
                ...states.map((state) => ({ value: state, label: statusLooks[state].label })),
              ]}
              onChange={(status) => filter({ status })}
            />
          </div>
          <select
            aria-label={t('runs.filter.workflow')}
            className="field-input w-52!"
            value={filters.workflowId ?? ''}
            onChange={(event) => filter({ workflowId: event.target.value })}
          >
            <option value="">{t('runs.filter.allWorkflows')}</option>
            {filters.workflowId && !names.data?.has(filters.workflowId) && (
              <option value={filters.workflowId}>{t('runs.filter.oneWorkflow')}</option>
            )}
            {[...(names.data ?? [])].map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <input
            aria-label={t('runs.versionTitle')}
            placeholder={t('runs.versionTitle')}
            inputMode="numeric"
            className="field-input w-20!"
            defaultValue={filters.version ?? ''}
            key={filters.version}
            onBlur={(event) => filter({ version: event.target.value.replace(/\D/g, '') })}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
          <select
            aria-label={t('runs.filter.mode')}
            className="field-input w-32!"
            value={filters.mode ?? ''}
            onChange={(event) => filter({ mode: event.target.value })}
          >
            <option value="">{t('runs.filter.anyMode')}</option>
            <option value="production">{t('runs.filter.liveOnly')}</option>
            <option value="test">{t('runs.filter.testsOnly')}</option>
          </select>
          <select
            aria-label={t('runs.filter.startedBy')}
            className="field-input w-40!"
            value={filters.startedBy ?? ''}
            onChange={(event) => filter({ startedBy: event.target.value })}
          >
            <option value="">{t('runs.filter.anyStarter')}</option>
            {starters.map((starter) => (
              <option key={starter} value={starter}>
                {t(`runs.startedBy.${starter}`)}
              </option>
            ))}
          </select>
          <DateFilter label={t('runs.filter.from')} value={filters.from} onChange={(from) => filter({ from })} />
          <DateFilter label={t('runs.filter.to')} value={filters.to} onChange={(to) => filter({ to })} />
          <SearchBox label={t('runs.filter.search')} value={filters.q ?? ''} onChange={(q) => filter({ q })} />
        </>
      }
    >
      {userId && <SavedFilters key={userId} userId={userId} filters={filters} onChoose={show} />}
      {list.isPending && <Loading />}
      {list.isError && <LoadError error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && runs.length === 0 && isFiltered && (
        <Empty
          title={searchedTo ? t('runs.noMatchSince', { time: formatDay(searchedTo) }) : t('runs.noMatch')}
          action={<Button onClick={() => show({})}>{t('common.clearFilters')}</Button>}
        />
      )}
      {list.isSuccess && runs.length === 0 && !isFiltered && (
        <Empty icon={<Play size={24} />} title={t('runs.none')}>
          {t('runs.empty')}
        </Empty>
      )}
      <RunBulkBar runs={runs.filter(({ id }) => chosen.has(id))} onClear={() => setChosen(new Set())} />
      {runs.length > 0 && <RunTable runs={runs} names={names.data} chosen={chosen} onChoose={setChosen} />}
      {list.hasNextPage && (
        <div className="mt-4 text-center">
          {searchedTo && runs.length > 0 && (
            <p className="mb-2 text-12 text-muted">{t('runs.searchedTo', { time: formatDay(searchedTo) })}</p>
          )}
          <Button disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t(searchedTo ? 'runs.searchOn' : 'runs.older')}
          </Button>
        </div>
      )}
    </Page>
  );
}

/** The address holds an instant; the field shows it in local time. */
function DateFilter({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange(value: string): void;
}) {
  return (
    <label className="flex items-center gap-1.5 text-12 text-muted">
      {label}
      <input
        type="datetime-local"
        className="field-input w-48! text-12!"
        value={value ? localText(value) : ''}
        onChange={(event) => onChange(event.target.value ? new Date(event.target.value).toISOString() : '')}
      />
    </label>
  );
}

function localText(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
