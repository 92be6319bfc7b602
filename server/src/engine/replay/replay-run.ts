import type { ItemInput, JsonObject } from '@wfaib/sdk/items';
import type { StepVisit } from '../../interpreter/run-events.types.js';
import type { DescribeNode } from '../../plan/compile-plan.js';
import type { RunRow } from '../journal/run-row.types.js';
import { rehearse } from '../rehearsal/rehearsal.service.js';
import type { Rehearsed, RehearsalRequest } from '../rehearsal/rehearsal.types.js';
import type { RunProgram } from '../runner/run-memory.js';
import { compareRehearsals, dataDifference, visitName } from './compare-rehearsals.js';
import { RecordedAnswers, type Recorded } from './recorded-answers.js';
import type { ReplayDifference, ReplayedRun, ReplayVerdict } from './workflow-replay.types.js';

/** A run that is over, and what it takes to play it once more. */
export interface ReplaySource {
  run: RunRow;
  program: RunProgram;
  recorded: Recorded;
  /** What it was started with; `undefined` where that is not kept. */
  items: ItemInput[] | undefined;
}

export interface ReplayTools {
  describe: DescribeNode;
  publicUrl: string;
  /** `$vars`, as they are today. */
  variables: JsonObject;
  runCode: NonNullable<RehearsalRequest['runCode']>;
}

const maxEvents = 200_000;
const maxDifferences = 20;

/** Plays a run twice, as the version that ran and as another one, and compares the two. Nothing is done to the outside. */
export async function replayRun(source: ReplaySource, now: RunProgram, tools: ReplayTools): Promise<ReplayedRun> {
  const { run } = source;
  const told = { runId: run.id, createdAt: new Date(run.createdAt), status: run.status };
  const unknown = (why: string): ReplayedRun => ({ ...told, verdict: 'unknown', differences: [], why });
  if (source.items === undefined) return unknown('The items it was started with are not kept any more.');
  if (!now.plan.indexById.has(run.startNodeId))
    return unknown(`It started at a node (${run.startNodeId}) that the other version does not have.`);
  try {
    const differences = await differencesOf(source, now, tools);
    return { ...told, verdict: verdictOf(differences), differences: differences.slice(0, maxDifferences) };
  } catch (error) {
    return unknown(`It could not be played again: ${(error as Error).message}`);
  }
}

async function differencesOf(source: ReplaySource, now: RunProgram, tools: ReplayTools): Promise<ReplayDifference[]> {
  const answers = new RecordedAnswers(source.recorded);
  const endings = await answers.endings();
  const play = (program: RunProgram, standIn: RecordedAnswers['replay']): Promise<Rehearsed> =>
    rehearse({
      document: program.document,
      describe: tools.describe,
      startAt: source.run.startNodeId,
      input: source.items!,
      ...(source.run.stopAt === null || !program.plan.indexById.has(source.run.stopAt)
        ? {}
        : { stopAt: source.run.stopAt }),
      startedAt: source.run.createdAt,
      identity: { ...source.run, publicUrl: tools.publicUrl },
      beganAt: (visit: StepVisit) => answers.rowOf(visit)?.startedAt ?? undefined,
      standIn,
      endWait: (node, wait) => answers.endWait(node, wait, endings),
      runCode: tools.runCode,
      variables: tools.variables,
      maxEvents,
    });
  const before = await play(source.program, answers.replay);
  if (before.stopped) throw new Error(`${before.stopped.why}.`);
  const after = await play(now, answers.ask);
  const unsteady = await unsteadyVisits(source.recorded, before);
  const found = compareRehearsals(before, after, (visit) => !unsteady.has(visit));
  return after.stopped ? [...found, stoppedAt(after, now)] : found;
}

/** Visits that make other data each time, for example because their code asks for the time: their data prove nothing. */
async function unsteadyVisits({ rows, itemsOf }: Recorded, before: Rehearsed): Promise<Set<string>> {
  const rowByName = new Map(rows.map((row) => [visitName(row), row]));
  const unsteady = new Set<string>();
  for (const row of before.steps) {
    const recorded = rowByName.get(visitName(row));
    for (const port of Object.keys(row.outputs)) {
      const items = recorded && (await itemsOf(recorded.step, port));
      if (!items || dataDifference(items, before.itemsOf(row.step, port)) !== undefined) unsteady.add(visitName(row));
    }
  }
  return unsteady;
}

function stoppedAt({ stopped, steps }: Rehearsed, { plan }: RunProgram): ReplayDifference {
  const { nodeId, step, why } = stopped!;
  const name = plan.nodes[plan.indexById.get(nodeId)!]!.name;
  const iteration = steps.find((row) => row.step === step)?.iteration ?? [];
  return { kind: 'unknown', nodeId, name, iteration, why };
}

function verdictOf(differences: readonly ReplayDifference[]): ReplayVerdict {
  for (const kind of ['path', 'unknown', 'data'] as const)
    if (differences.some((each) => each.kind === kind)) return kind;
  return 'same';
}
