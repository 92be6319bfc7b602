import { Injectable } from '@nestjs/common';
import type { Item, ItemInput } from '@wfaib/sdk/items';
import { Clock } from '../../clock/clock.service.js';
import { apply } from '../../interpreter/apply.js';
import type { VisitProgress } from '../../interpreter/run-state.js';
import { inputPort, startKey } from '../../interpreter/step-keys.js';
import { RunEventNotFound } from '../history/run-history.errors.js';
import { JournalReader } from '../journal/journal-reader.js';
import type { RunProgram } from '../runner/run-memory.js';
import { RunDataGone, RunInputNotEditable, RunStepNotReached } from '../run-control.errors.js';
import type { RetryRun } from '../run-control.schemas.js';
import type { LaunchRequest } from '../run-launcher.service.js';
import { editInputOf, editOf } from './edited-items.js';
import type { KeptSteps } from './keep-steps.js';
import { KeptJournal, type Kept, type OldRun } from './kept-journal.service.js';
import { targetOf, type RetryTarget } from './retry-target.js';
import { requireNode } from './run-start.js';

/** What a retry starts with. */
export type Beginning = Pick<LaunchRequest, 'start' | 'items'> & { kept: Kept };

const nothing: Kept = { events: [], steps: [], data: [], report: { kept: 0, again: [] } };

/** Decides what a retry begins with: where it starts, on which items, and what it keeps of the old run. */
@Injectable()
export class RetryBeginning {
  constructor(
    private readonly journal: JournalReader,
    private readonly kept: KeptJournal,
    private readonly clock: Clock,
  ) {}

  /** @throws RunEventNotFound, RunNodeUnknown, RunStepNotReached, RunInputNotEditable, RunDataGone */
  async of(old: OldRun, now: RunProgram, body: RetryRun): Promise<Beginning> {
    const last = old.events.length;
    if (body.at !== undefined && body.at > last) throw new RunEventNotFound(old.run.id, body.at, last);
    const items = body.items as ItemInput[] | undefined;
    const target = targetOf(old, body);
    const isAtStart = target === undefined ? body.at === undefined : target.nodeId === old.run.startNodeId;
    if (target !== undefined && !isAtStart && !old.rows.some(target.is)) return startAt(old, target, items);
    const { nodeId, as, edit } = old.created.start;
    const start = { nodeId, as, ...(edit === undefined ? {} : { edit }) };
    requireNode(now.document, nodeId);
    const first = await this.#startItems(old);
    if (items !== undefined && isAtStart) {
      const isSame = first !== undefined && editOf(first) === editOf(items);
      return { start: isSame ? start : { nodeId, as, edit: editOf(items) }, items, kept: nothing };
    }
    if (first === undefined) throw new RunDataGone(old.run.id);
    const isWhole = old.run.status === 'succeeded' && target === undefined && body.at === undefined;
    if ((target !== undefined && isAtStart) || (isWhole && body.version === undefined))
      return { start, items: first, kept: nothing };
    const steps = await this.#steps(old, now, { target, at: body.at });
    // A run that ended well and would keep all is not asked for, but to be done once more.
    if (isWhole && steps.state.open.size === 0) return { start, items: first, kept: nothing };
    const edited =
      items === undefined || target === undefined ? undefined : await this.#edit(old, steps, target, items);
    return { start, items: first, kept: withEdit(await this.kept.withData(old, steps), edited) };
  }

  #steps(old: OldRun, now: RunProgram, { target, at }: { target: RetryTarget | undefined; at: number | undefined }) {
    const { retry: _, ...created } = old.created;
    return this.kept.keep(old, {
      now,
      created,
      ...(target === undefined ? {} : { from: target.from }),
      ...(at === undefined ? {} : { until: at }),
    });
  }

  /** @returns undefined where the visit would work on the same items anyway */
  async #edit(old: OldRun, { state }: KeptSteps, target: RetryTarget, items: ItemInput[]) {
    const visits = [...state.open.values()];
    const found = visits.find(({ visit }) => target.isVisit(visit));
    if (found === undefined) throw new RunInputNotEditable(target.name);
    const before = await this.#inputOf(old, found);
    if (before !== undefined && editOf(before) === editOf(items)) return undefined;
    const edited = editInputOf(found, items, this.clock.now());
    if (!apply(state, edited.event)) throw new RunInputNotEditable(target.name);
    return edited;
  }

  /** @returns undefined where they are more than any request can hold */
  async #inputOf({ run }: OldRun, { visit }: VisitProgress): Promise<readonly Item[] | undefined> {
    const { arrivals } = visit.inputs.find((input) => input.arrivals.length > 0) ?? { arrivals: [] };
    const joined: Item[] = [];
    for (const { step, port, count } of arrivals) {
      const found = (await this.journal.items(run.id, step, port)) ?? { items: [] };
      if ('chunks' in found) return undefined;
      joined.push(...found.items.slice(0, count));
    }
    return joined;
  }

  /** @returns undefined where they were deleted */
  async #startItems({ run, program, created }: OldRun): Promise<ItemInput[] | undefined> {
    const { plan } = program;
    const node = plan.nodes[plan.indexById.get(run.startNodeId)!]!;
    const port = run.startAs === 'trigger' ? (node.outputs[0] ?? 'main') : inputPort;
    // What a run is started with is no larger than a request: it is never stored in chunks.
    const found = await this.journal.items(run.id, startKey(plan, created.start), port);
    const items = found !== undefined && 'items' in found ? found.items : [];
    if (items.length < created.start.count) return undefined;
    return items.map(({ json, files }: Item) => (files === undefined ? { json } : { json, files }));
  }
}

/** A node that the old run never came to can only be started at, with items. */
function startAt({ run }: OldRun, { from, name }: RetryTarget, items: ItemInput[] | undefined): Beginning {
  if (items === undefined || 'step' in from) throw new RunStepNotReached(run.id, name);
  return { start: { nodeId: from.nodeId, as: 'input', edit: editOf(items) }, items, kept: nothing };
}

function withEdit(kept: Kept, edited: ReturnType<typeof editInputOf> | undefined): Kept {
  if (edited === undefined) return kept;
  return { ...kept, events: [...kept.events, edited.event], data: [...kept.data, edited.row] };
}
