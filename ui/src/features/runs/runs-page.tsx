import { useNavigate, useSearch } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../shared/components/button.js';
import { Empty, Loading, LoadError, Page } from '../../shared/components/page.js';
import { SearchBox } from '../../shared/components/search-box.js';
import { Segmented } from '../../shared/components/segmented.js';
import { useRuns } from './api/use-runs.js';
import type { RunFilters } from './api/use-runs.js';
import { useWorkflowNames } from './api/workflow-names.js';
import { RunBulkBar } from './run-bulk-bar.js';
import { RunTable } from './run-table.js';
import { useRunsNews } from './runs-news.js';

const states = [
  { value: '', label: 'All' },
  { value: 'running', label: 'Running' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'paused', label: 'Paused' },
  { value: 'succeeded', label: 'Done' },
  { value: 'failed', label: 'Failed' },
  { value: 'cancelled', label: 'Cancelled' },
];

export function RunsPage() {
  const filters = useSearch({ from: '/shell/runs' });
  const navigate = useNavigate();
  const names = useWorkflowNames();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  useRunsNews();
  const list = useRuns(filters);
  const runs = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = Object.keys(filters).length > 0;
  const filter = (part: RunFilters) => {
    const next = Object.fromEntries(
      Object.entries({ ...filters, ...part }).filter(([, value]) => value !== '' && value !== undefined),
    );
    void navigate({ to: '/runs', search: next, replace: true });
  };
  return (
    <Page
      title="Runs"
      toolbar={
        <>
          <div className="thin-scroll max-w-full overflow-x-auto">
            <Segmented
              dense
              label="State"
              value={filters.status ?? ''}
              options={states}
              onChange={(status) => filter({ status })}
            />
          </div>
          <select
            aria-label="Workflow"
            className="field-input w-52!"
            value={filters.workflowId ?? ''}
            onChange={(event) => filter({ workflowId: event.target.value })}
          >
            <option value="">All workflows</option>
            {filters.workflowId && !names.data?.has(filters.workflowId) && (
              <option value={filters.workflowId}>One workflow</option>
            )}
            {[...(names.data ?? [])].map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <input
            aria-label="Version"
            placeholder="Version"
            inputMode="numeric"
            className="field-input w-20!"
            defaultValue={filters.version ?? ''}
            key={filters.version}
            onBlur={(event) => filter({ version: event.target.value.replace(/\D/g, '') })}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
          <select
            aria-label="Mode"
            className="field-input w-32!"
            value={filters.mode ?? ''}
            onChange={(event) => filter({ mode: event.target.value })}
          >
            <option value="">Live and test</option>
            <option value="production">Live only</option>
            <option value="test">Tests only</option>
          </select>
          <DateFilter label="From" value={filters.from} onChange={(from) => filter({ from })} />
          <DateFilter label="To" value={filters.to} onChange={(to) => filter({ to })} />
          <SearchBox label="Id or error" value={filters.q ?? ''} onChange={(q) => filter({ q })} />
        </>
      }
    >
      {list.isPending && <Loading />}
      {list.isError && <LoadError error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && runs.length === 0 && isFiltered && (
        <Empty
          title="No run matches"
          action={<Button onClick={() => void navigate({ to: '/runs', search: {} })}>Clear filters</Button>}
        />
      )}
      {list.isSuccess && runs.length === 0 && !isFiltered && (
        <Empty icon={<Play size={24} />} title="Nothing has run yet">
          A run appears here when a trigger fires or a test starts, and stays readable when it has ended.
        </Empty>
      )}
      <RunBulkBar runs={runs.filter(({ id }) => chosen.has(id))} onClear={() => setChosen(new Set())} />
      {runs.length > 0 && <RunTable runs={runs} names={names.data} chosen={chosen} onChoose={setChosen} />}
      {list.hasNextPage && (
        <div className="mt-4 text-center">
          <Button disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show older runs
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
