import { Injectable } from '@nestjs/common';
import type { Problem } from '@wfaib/sdk/workflow-document';
import type { Tx } from '../database/unit-of-work.service.js';
import { NamedApprovers } from './named-approvers.service.js';
import { NamedCredentials } from './named-credentials.service.js';
import { NamedWorkflows } from './named-workflows.service.js';

/** What is wrong with all that a document names and that is kept outside of it: in its project, in the installation. */
@Injectable()
export class NamedThings {
  constructor(
    private readonly workflows: NamedWorkflows,
    private readonly credentials: NamedCredentials,
    private readonly approvers: NamedApprovers,
  ) {}

  async problemsOf(tx: Tx, projectId: string, raw: unknown): Promise<Problem[]> {
    return [
      ...(await this.workflows.problemsOf(tx, projectId, raw)),
      ...(await this.credentials.problemsOf(tx, projectId, raw)),
      ...(await this.approvers.problemsOf(tx, projectId, raw)),
    ];
  }
}
