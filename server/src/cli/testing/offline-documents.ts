import type { Problem, WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { ConnectorCatalog } from '../../connectors/connector-catalog.service.js';
import type { DescribeNode } from '../../plan/compile-plan.js';
import { DocumentCheck } from '../../workflows/document-check.service.js';
import { NodeCatalog } from '../../workflows/node-catalog.service.js';
import { describeStandIns } from './stand-in-nodes.js';

/** A document as far as it can be judged without a server. */
export interface OfflineDocument {
  /** Absent where it has errors. */
  document?: WorkflowDocument;
  problems: Problem[];
  describe: DescribeNode;
}

/** Checks a document with the server's own rules; what only a plugin could know of its nodes is taken on trust. */
export function checkOffline(raw: unknown): OfflineDocument {
  const connectors = new ConnectorCatalog();
  const nodes = describeStandIns(raw);
  const unnamed = { version: '0.0.0', description: '', icon: 'plug', egress: [], auth: [], loaders: [] };
  connectors.load([{ id: 'stand-in', label: 'Stand-in', nodes, ...unnamed }]);
  const catalog = new NodeCatalog(connectors);
  const check = new DocumentCheck(catalog);
  const problems = check.problemsOf(raw);
  const isSound = problems.every(({ severity }) => severity !== 'error');
  return { ...(isSound ? { document: check.requireRunnable(raw) } : {}), problems, describe: catalog.describe };
}
