import type { HostCommand, RunProgress } from '../runner/runner.types.js';
import { shortText } from './short-text.js';
import type { Progress, StepTask, TimerTask } from './workflows/run-activities.types.js';

/**
 * Most tasks listed of either kind. More than a Temporal workflow has in flight at once, so that it always finds some it
 * has not begun; few enough that a run of very many branches does not fill its history with lists.
 */
const maxListed = 60;
/** As many open waits are named on Temporal's page of the workflow. */
const maxWaits = 10;

/** What a Temporal workflow hears of a run: what it can begin now, and the times that come next. */
export function progressFor({ seq, commands, waits = [], ended, superseded }: RunProgress): Progress {
  const tasks = commands.filter(isTask);
  const now = tasks.filter(({ dueAt }) => dueAt === undefined).slice(0, maxListed);
  const later = tasks.filter(({ dueAt }) => dueAt !== undefined).toSorted((a, b) => a.dueAt! - b.dueAt!);
  const listed = [...now, ...later.slice(0, maxListed)].map((task) => ({ ...task, name: shortText(task.name) }));
  const open = waits.length === 0 ? {} : { waits: waits.slice(0, maxWaits).map((wait) => shortText(wait)) };
  return { seq, tasks: listed, ...open, ended, superseded };
}

function isTask(command: HostCommand): command is StepTask | TimerTask {
  return command.kind !== 'idle';
}
