import { ArrowDownToLine, Download, Text } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { RunLogLine, RunOverview } from '../../api/types.js';
import { Button, IconButton } from '../../shared/components/button.js';
import { Empty, Loading, LoadError } from '../../shared/components/page.js';
import { SearchBox } from '../../shared/components/search-box.js';
import { notifyError } from '../../shared/components/toasts.js';
import { copyText } from '../../shared/hooks/copy-text.js';
import { downloadText } from '../../shared/hooks/download.js';
import { useStored } from '../../shared/hooks/use-stored.js';
import { t } from '../../shared/i18n/i18n.js';
import { isOpen } from '../../shared/runs/api/use-run.js';
import { useRunLogs } from './api/use-run-logs.js';
import { LogLines } from './log-lines.js';
import { fittingLines, lineText } from './model/log-lines.js';
import type { NamedLine } from './model/log-lines.js';
import { PlainLog } from './plain-log.js';

const levels = ['debug', 'log', 'info', 'warn', 'error'];

interface RunLogProps {
  run: RunOverview;
  /** The line that the address points at. */
  line: string | undefined;
  onLine(line: string): void;
  onStep(line: RunLogLine): void;
}

/** What all steps wrote, in one list; by step, level and text. It follows a run that is open. */
export function RunLog({ run, line, onLine, onStep }: RunLogProps) {
  const [nodeId, setNodeId] = useState<string>();
  const [level, setLevel] = useState('');
  const [text, setText] = useState('');
  const [follow, setFollow] = useState(isOpen(run.status) && line === undefined);
  const [isPlain, setIsPlain] = useStored('run-log-plain', false);
  const logs = useRunLogs(run.id, nodeId);
  const { readOn, hasMore } = logs;
  const all = logs.data ?? [];
  const lines = fittingLines(all, { level, text, line });
  const isMissing = line !== undefined && !all.some(({ key }) => key === line);
  // All of it is wanted: by who follows, by who reads it as text, and until the line of the address is found.
  const readsAll = hasMore && (follow || isPlain || isMissing);
  useEffect(() => {
    if (readsAll) readOn();
  });
  const download = async () => {
    const whole = fittingLines(await logs.readAll(), { level, text });
    downloadText(`run-${run.id.slice(-8)}.log`, whole.map(lineText).join('\n'), 'text/plain');
  };
  const link = (one: NamedLine) => {
    onLine(one.key);
    void copyText(`${location.origin}/runs/${run.id}?view=logs&line=${one.key}`, t('run.log.linkCopied'));
  };
  if (logs.isPending) return <Loading />;
  if (logs.isError) return <LoadError error={logs.error} onRetry={() => void logs.refetch()} />;
  return (
    <section aria-label={t('run.log')} className="flex min-h-0 flex-1 flex-col bg-surface max-md:min-h-[70dvh]">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2">
        <Choice
          label={t('run.log.step')}
          any={t('run.log.anyStep')}
          value={nodeId ?? ''}
          options={run.nodes.map((node) => [node.nodeId, node.name])}
          onChange={(id) => setNodeId(id || undefined)}
        />
        <Choice
          label={t('run.log.level')}
          any={t('run.log.anyLevel')}
          value={level}
          options={levels.map((name) => [name, name])}
          onChange={setLevel}
        />
        <SearchBox label={t('run.log.search')} value={text} onChange={setText} />
        <div className="flex-1" />
        <IconButton label={t('run.log.follow')} pressed={follow} onClick={() => setFollow(!follow)}>
          <ArrowDownToLine size={15} />
        </IconButton>
        <IconButton label={t('run.log.plain')} pressed={isPlain} onClick={() => setIsPlain(!isPlain)}>
          <Text size={15} />
        </IconButton>
        <Button
          dense
          icon={<Download size={13} />}
          disabled={lines.length === 0}
          onClick={() => void download().catch(notifyError)}
        >
          {t('run.log.download')}
        </Button>
      </div>
      {lines.length === 0 && (
        <Empty title={all.length === 0 ? t('run.log.nothing') : t('run.log.noMatch')}>{t('run.log.hint')}</Empty>
      )}
      {isPlain ? (
        <PlainLog text={lines.map(lineText).join('\n')} follow={follow} onLeaveEnd={() => setFollow(false)} />
      ) : (
        <LogLines
          lines={lines}
          chosen={line}
          follow={follow}
          onLeaveEnd={() => setFollow(false)}
          onEnd={readOn}
          onStep={onStep}
          onLink={link}
        />
      )}
    </section>
  );
}

interface ChoiceProps {
  label: string;
  /** Says that all are shown. */
  any: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange(value: string): void;
}

function Choice({ label, any, value, options, onChange }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      className="field-input w-44!"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{any}</option>
      {options.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
