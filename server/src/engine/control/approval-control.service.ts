import { Injectable } from '@nestjs/common';
import type { Caller } from '../../auth/caller.types.js';
import { UserDirectory } from '../../auth/user-directory.service.js';
import { RunQueries } from '../../runs/run-queries.service.js';
import type { RunView } from '../../runs/run.types.js';
import { WaitNotFound } from '../run-control.errors.js';
import type { DecideRun } from '../run-control.schemas.js';
import { anybody, ApprovalDecisions, type Decider } from './approval-decisions.service.js';
import { decided, type Decision } from './decision.types.js';
import { WaitTokens } from './wait-tokens.service.js';

/** Takes the decisions of people who sign in, and of programs with their keys. */
@Injectable()
export class ApprovalControl {
  constructor(
    private readonly decisions: ApprovalDecisions,
    private readonly tokens: WaitTokens,
    private readonly users: UserDirectory,
    private readonly runs: RunQueries,
  ) {}

  /**
   * Decides an approval; the same decision of the same person again changes nothing.
   * @throws RunNotFound, WaitNotFound, and what {@link ApprovalDecisions.take} throws
   */
  async decide(caller: Caller, runId: string, { token, ...body }: DecideRun): Promise<RunView> {
    await this.runs.getSummary(caller.projectId, runId);
    const found = await this.tokens.findApproval(token);
    if (found?.run.id !== runId) throw new WaitNotFound();
    const asked = { ...body, runId, step: found.step, decision: decided(body) };
    await this.decisions.take(asked, await this.deciderOf(caller));
    return this.runs.getById(caller.projectId, runId);
  }

  /**
   * Decides the approval that a token stands for, without an account.
   * @throws WaitNotFound, and what {@link ApprovalDecisions.take} throws
   */
  async decideByToken(token: string, body: Decision): Promise<{ runId: string; step: string }> {
    const found = await this.findByToken(token);
    if (found === undefined) throw new WaitNotFound();
    await this.decisions.take({ ...body, ...found, decision: decided(body) }, anybody);
    return found;
  }

  /** Who a caller is among those who decide. */
  async deciderOf({ userId, permissions }: Caller): Promise<Decider> {
    const name = await this.users.emailOf(userId);
    return { name, alsoKnownAs: [userId], mayControl: permissions.has('run:control') };
  }

  /** The approval whose token this is. @throws WaitNotFound where there is no such run */
  async findByToken(token: string): Promise<{ runId: string; step: string } | undefined> {
    const found = await this.tokens.findApproval(token);
    return found && { runId: found.run.id, step: found.step };
  }
}
