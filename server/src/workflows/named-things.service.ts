import { Injectable } from '@nestjs/common';
import type { Problem } from '@wfaib/sdk/workflow-document';
import type { Tx } from '../database/unit-of-work.service.js';
import { NamedCredentials } from './named-credentials.service.js';
import { NamedWorkflows } from './named-workflows.service.js';

/** What is wrong with all that a document names and that is kept elsewhere in its project. */
@Injectable()
export class NamedThings {
  constructor(
    private readonly workflows: NamedWorkflows,
    private readonly credentials: NamedCredentials,
  ) {}

  async problemsOf(tx: Tx, projectId: string, raw: unknown): Promise<Problem[]> {
    const workflows = await this.workflows.problemsOf(tx, projectId, raw);
    return [...workflows, ...(await this.credentials.problemsOf(tx, projectId, raw))];
  }
}
