import { firstIdOf } from '../database/run-partitions.service.js';
import { summaryColumns } from './run-rows.js';
import type { RunStarter, RunStatus } from './run.types.js';

/** Which runs a list shows. */
export interface RunFilter {
  statuses?: readonly RunStatus[] | undefined;
  workflowId?: string | undefined;
  /** Created at or after. */
  from?: Date | undefined;
  /** Created before. */
  to?: Date | undefined;
  version?: number | undefined;
  mode?: 'production' | 'test' | undefined;
  startedBy?: readonly RunStarter[] | undefined;
  /** Part of the name of the workflow or of what failed, or the id of a run or its last 8 signs. */
  q?: string | undefined;
  /** Only runs older than this one. */
  before?: string | undefined;
}

/** As many runs as one page looks at: what is asked for may be rare, and nobody waits until millions are read. */
export const mostLookedAt = 25_000;

/** The id of a run is made a moment before or after the run; clocks may be set in between. */
const clockSlackMs = 3_600_000;

/**
 * The newest runs that `filter` leaves, of the newest {@link mostLookedAt} that an index finds. The last of those comes along
 * whether it is asked for (`is_asked`) or not, and says so (`is_last`): older ones were not looked at.
 */
export function runPageQuery(
  projectId: string,
  filter: RunFilter,
  limit: number,
  most = mostLookedAt,
): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const found = foundByIndex(place, projectId, filter);
  const asked = askedOf(place, filter);
  const count = asked.length === 0 ? limit : most;
  const sql = `SELECT * FROM (
      SELECT *, (${['true', ...asked].join(' AND ')}) IS TRUE AS is_asked, row_number() OVER (ORDER BY id DESC) = ${count} AS is_last FROM (
        SELECT ${summaryColumns} FROM (${found.join(' UNION ALL ')}) AS found ORDER BY id DESC LIMIT ${count}
      ) AS looked_at ORDER BY id DESC
    ) AS run WHERE is_asked OR is_last ORDER BY id DESC LIMIT ${limit}`;
  return { sql, values };
}

type Place = (value: unknown) => string;

/** Questions that indexes answer newest first, one for each status or starter, so that none is sorted. */
function foundByIndex(place: Place, projectId: string, filter: RunFilter): string[] {
  const { workflowId, startedBy, before, from, to, q } = filter;
  const conditions = [`project_id = ${place(projectId)}`];
  if (before !== undefined) conditions.push(`id < ${place(before)}::uuid`);
  if (from !== undefined) conditions.push(`id >= ${place(firstIdAt(from.getTime() - clockSlackMs))}::uuid`);
  if (to !== undefined) conditions.push(`id < ${place(firstIdAt(to.getTime() + clockSlackMs))}::uuid`);
  if (isId(q)) conditions.push(`id = ${place(q)}::uuid`);
  const select = (more: string[]): string => `SELECT * FROM run WHERE ${[...conditions, ...more].join(' AND ')}`;
  const rare = rareStatusesOf(filter);
  if (rare !== undefined) return rare.map((status) => select([`status = ${place(status)}`, `status <> 'succeeded'`]));
  if (workflowId !== undefined) return [select([`workflow_id = ${place(workflowId)}`])];
  if (startedBy !== undefined) return [...new Set(startedBy)].map((one) => select([`started_by = ${place(one)}`]));
  return [select([])];
}

/** What is looked for among them, where that is not all of them. */
function askedOf(place: Place, filter: RunFilter): string[] {
  const conditions: string[] = [];
  const add = (value: unknown, condition: (at: string) => string): void => {
    if (value !== undefined) conditions.push(condition(place(value)));
  };
  const { q } = filter;
  const rare = rareStatusesOf(filter);
  if (rare === undefined) add(filter.statuses, (at) => `status = ANY(${at}::text[])`);
  else add(filter.workflowId, (at) => `workflow_id = ${at}`);
  add(filter.version, (at) => `version = ${at}`);
  add(filter.mode, (at) => `mode = ${at}`);
  // Where neither of the others is asked for, an index has found them already.
  if (rare !== undefined || filter.workflowId !== undefined)
    add(filter.startedBy, (at) => `started_by = ANY(${at}::text[])`);
  add(filter.from, (at) => `created_at >= ${at}`);
  add(filter.to, (at) => `created_at < ${at}`);
  if (!isId(q))
    add(
      q?.toLowerCase(),
      (at) => `(position(${at} IN lower(workflow_name)) > 0 OR right(id::text, 8) = ${at}
        OR position(${at} IN lower(error)) > 0)`,
    );
  return conditions;
}

/** What is asked for, where the index run_by_status knows it: it leaves out what succeeded, which is most. */
function rareStatusesOf({ statuses }: RunFilter): RunStatus[] | undefined {
  return statuses === undefined || statuses.includes('succeeded') ? undefined : [...new Set(statuses)];
}

const isId = (q: string | undefined): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(q ?? '');

/** Of any year: ids know those since 1970. */
const lastTime = 2 ** 48 - 1;
const firstIdAt = (time: number): string => firstIdOf(Math.min(lastTime, Math.max(0, time)));
