import { useVirtualizer } from '@tanstack/react-virtual';
import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { RunLogLine, RunOverview } from '../../api/types.js';
import { Button } from '../../shared/components/button.js';
import { Empty, Loading, LoadError } from '../../shared/components/page.js';
import { SearchBox } from '../../shared/components/search-box.js';
import { formatInstant } from '../../shared/format/time.js';
import { downloadText } from '../../shared/hooks/download.js';
import { useRunLogs } from './api/use-run-logs.js';
import { iterationText } from './model/selection.js';

const looks: Record<string, string> = { error: 'text-failed', warn: 'text-waiting' };

/** What all steps wrote, in one list; by step, level and text. */
export function RunLog({ run, onStep }: { run: RunOverview; onStep(line: RunLogLine): void }) {
  const [nodeId, setNodeId] = useState<string>();
  const [level, setLevel] = useState('');
  const [text, setText] = useState('');
  const scroller = useRef<HTMLDivElement>(null);
  const logs = useRunLogs(run.id, nodeId);
  const all = logs.data?.pages.flatMap((page) => page.items) ?? [];
  const lines = all.filter(
    (line) => (level === '' || line.level === level) && line.text.toLowerCase().includes(text.toLowerCase()),
  );
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 24,
    overscan: 20,
  });
  const visible = rows.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = logs;
  useEffect(() => {
    if (last >= lines.length - 20 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [last, lines.length, hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (logs.isPending) return <Loading />;
  if (logs.isError) return <LoadError error={logs.error} onRetry={() => void logs.refetch()} />;
  return (
    <section aria-label="Log of the run" className="flex min-h-0 flex-1 flex-col bg-surface">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2">
        <select
          aria-label="Step"
          className="field-input w-44!"
          value={nodeId ?? ''}
          onChange={(event) => setNodeId(event.target.value || undefined)}
        >
          <option value="">All steps</option>
          {run.nodes.map((node) => (
            <option key={node.nodeId} value={node.nodeId}>
              {node.name}
            </option>
          ))}
        </select>
        <select
          aria-label="Level"
          className="field-input w-32!"
          value={level}
          onChange={(event) => setLevel(event.target.value)}
        >
          <option value="">All levels</option>
          {['debug', 'log', 'info', 'warn', 'error'].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <SearchBox label="Search the log" value={text} onChange={setText} />
        <div className="flex-1" />
        <Button
          dense
          icon={<Download size={13} />}
          disabled={lines.length === 0}
          onClick={() => downloadText(`run-${run.id.slice(-8)}.log`, lines.map(asText).join('\n'))}
        >
          Download
        </Button>
      </div>
      {lines.length === 0 && (
        <Empty title={all.length === 0 ? 'No step wrote anything' : 'No line matches'}>
          Code steps write here with console.log.
        </Empty>
      )}
      <div
        ref={scroller}
        tabIndex={0}
        role="log"
        aria-label="Log lines"
        className="thin-scroll min-h-0 flex-1 overflow-auto px-4 py-1"
      >
        <div className="relative" style={{ height: rows.getTotalSize() }}>
          {visible.map(({ index, start, key }) => {
            const line = lines[index];
            return line ? (
              <p
                key={key}
                ref={rows.measureElement}
                data-index={index}
                className="absolute inset-x-0 flex gap-3 py-0.5 font-mono text-12 leading-5"
                style={{ transform: `translateY(${start}px)` }}
              >
                <span className="shrink-0 text-muted">{formatInstant(line.at)}</span>
                <span className={`w-10 shrink-0 ${looks[line.level] ?? 'text-muted'}`}>{line.level}</span>
                <button
                  type="button"
                  className="w-36 shrink-0 truncate text-left text-muted hover:text-ink hover:underline"
                  onClick={() => onStep(line)}
                >
                  {line.name} {line.iteration.length > 0 && `#${iterationText(line.iteration)}`}
                </button>
                <span className="min-w-0 break-words whitespace-pre-wrap">{line.text}</span>
              </p>
            ) : null;
          })}
        </div>
      </div>
    </section>
  );
}

const asText = (line: RunLogLine) =>
  `${line.at ?? ''} ${line.level} ${line.name}${line.iteration.length > 0 ? ` #${iterationText(line.iteration)}` : ''}: ${line.text}`;
