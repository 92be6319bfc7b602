import { Button } from '../../../shared/components/button.js';
import { formatInstant } from '../../../shared/format/time.js';
import { useReplay, type ReplayedRun, type ReplayVerdict } from '../api/replay.js';
import { useEditorStore } from '../editor-store.js';

/** What the draft would have done with the newest runs, tried without touching the outside. */
export function ReplayCheck() {
  const { workflowId } = useEditorStore().getState();
  const replay = useReplay(workflowId);
  return (
    <section className="mt-4">
      <div className="flex items-center gap-2">
        <h3 className="flex-1 text-12 font-medium text-muted">Try it on the last runs</h3>
        <Button dense disabled={replay.isPending} onClick={() => replay.mutate()}>
          {replay.isPending ? 'Trying…' : replay.data ? 'Try again' : 'Try'}
        </Button>
      </div>
      <p className="text-12 text-faint">
        The saved draft is played on up to 20 real runs. Steps with effects are answered with what was recorded; nothing
        is sent.
      </p>
      <div role="status" className="mt-1">
        {replay.error && <p className="text-13 text-failed">{replay.error.message}</p>}
        {replay.data && <Verdicts runs={replay.data.runs} />}
      </div>
    </section>
  );
}

const words: Record<ReplayVerdict, { says: string; look: string }> = {
  same: { says: 'the same', look: 'text-ok' },
  path: { says: 'another way', look: 'text-failed' },
  data: { says: 'other data', look: 'text-waiting' },
  unknown: { says: 'unknown', look: 'text-muted' },
};

/** What matters most comes first; runs that would be the same are not listed. */
const order: readonly ReplayVerdict[] = ['path', 'unknown', 'data'];

function summaryOf(runs: readonly ReplayedRun[]): string {
  const count = (wanted: ReplayVerdict) => runs.filter(({ verdict }) => verdict === wanted).length;
  const [data, unknown] = [count('data'), count('unknown')];
  const alike = count('same') + data;
  const way = `${alike === runs.length ? `All ${alike}` : `${alike} of ${runs.length}`} runs would have gone the same way`;
  return `${way}${data > 0 ? `, ${data} of them with other data` : ''}${unknown > 0 ? `; of ${unknown} it is unknown` : ''}.`;
}

function Verdicts({ runs }: { runs: ReplayedRun[] }) {
  if (runs.length === 0) return <p className="text-13 text-muted">There are no runs to try it on yet.</p>;
  const others = order.flatMap((wanted) => runs.filter(({ verdict }) => verdict === wanted));
  return (
    <>
      <p className="text-13">{summaryOf(runs)}</p>
      <ul className="thin-scroll max-h-60 overflow-y-auto">
        {others.map(({ runId, createdAt, verdict, differences, why }) => (
          <li key={runId} className="flex items-baseline gap-2 py-1 text-13">
            <span className={`w-24 shrink-0 text-12 font-medium ${words[verdict].look}`}>{words[verdict].says}</span>
            <span className="min-w-0 flex-1">
              {why ?? differences.find(({ kind }) => kind === verdict)?.why}
              {differences.length > 1 && <span className="text-faint"> and {differences.length - 1} more</span>}
            </span>
            <a
              className="shrink-0 text-12 text-accent hover:underline"
              href={`/runs/${runId}`}
              target="_blank"
              rel="noreferrer"
            >
              {formatInstant(createdAt)}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
