import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.service.js';
import { mayTake, nextTurn, silenceMs, type EditorTab } from './editing-turn.js';
import { WorkflowEditingRepository } from './workflow-editing.repository.js';
import { WorkflowNotFound } from './workflows.errors.js';
import { WorkflowsRepository } from './workflows.repository.js';
import type { Editor } from './workflows.service.js';
import type { EditingAsk, EditingView } from './workflow-editing.schemas.js';

/** How long a tab that says goodbye may come back, as it does on a reload, in milliseconds. */
const graceMs = 6_000;

/**
 * Whose turn it is to edit a workflow. It keeps people out of each other's way: an editor without the turn saves nothing.
 * That nothing is overwritten is up to the revision each save carries, with or without a turn.
 */
@Injectable()
export class WorkflowEditing {
  constructor(
    private readonly turns: WorkflowEditingRepository,
    private readonly workflows: WorkflowsRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Shows that a tab is there and says what it wants. Answers whose turn it is now. @throws WorkflowNotFound */
  tell({ userId, projectId }: Editor, workflowId: string, ask: EditingAsk): Promise<EditingView> {
    const who: EditorTab = { userId, tab: ask.tab };
    return this.unitOfWork.run(async (tx) => {
      const found = await this.turns.findLocked(tx, projectId, workflowId);
      if (found === undefined) throw new WorkflowNotFound(workflowId);
      const { revision, now } = found;
      const turn = nextTurn(found.turn, who, ask.want, ask.active, now);
      await this.turns.save(tx, workflowId, turn);
      const names = await this.workflows.namesOf(tx, [turn.userId, turn.asked?.userId ?? turn.userId]);
      const nameOf = (id: string) => names.get(id) ?? null;
      return {
        revision,
        mine: turn.tab === who.tab,
        holder: { name: nameOf(turn.userId), you: turn.userId === userId, activeAt: turn.activeAt },
        asked: turn.asked
          ? { name: nameOf(turn.asked.userId), you: turn.asked.tab === who.tab, at: turn.asked.at }
          : null,
        mayTake: turn.tab !== who.tab && mayTake(turn, who, now),
      };
    });
  }

  /** A tab is closed or reloaded: unless it comes back within some seconds, its turn is over. */
  async leave(userId: string, workflowId: string, tab: string): Promise<void> {
    await this.turns.age(this.unitOfWork.direct, { userId, tab }, workflowId, silenceMs - graceMs);
  }
}
