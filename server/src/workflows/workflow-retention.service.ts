import { Injectable } from '@nestjs/common';
import { runRetention, type RunRetention } from '@wfaib/sdk/workflow-document';
import { Database } from '../database/database.service.js';
import { parseDocumentText } from './document-text.js';

/** What a workflow says about its ended runs. */
export interface WorkflowRetention extends RunRetention {
  workflowId: string;
}

/** Reads `settings.retention` of workflows. */
@Injectable()
export class WorkflowRetentions {
  constructor(private readonly database: Database) {}

  /** Of every workflow that has it: from its live version, else from its draft. */
  async findAll(): Promise<WorkflowRetention[]> {
    const rows = await this.database.query<{ workflowId: string; document: string }>(
      `SELECT * FROM (
         SELECT w.id AS "workflowId", coalesce(v.document, w.draft) AS document
         FROM workflow w LEFT JOIN workflow_version v ON v.workflow_id = w.id AND v.number = w.live_version
       ) AS current WHERE position('"retention"' IN document) > 0`,
    );
    return rows.flatMap(({ workflowId, document }) => {
      const { settings } = parseDocumentText(document) as { settings?: { retention?: unknown } };
      // A draft may hold anything: what is not right is as if it were not there.
      const { data } = runRetention.safeParse(settings?.retention);
      return data?.days === undefined && data?.runs === undefined ? [] : [{ workflowId, ...data }];
    });
  }
}
