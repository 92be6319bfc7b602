import { defineSearchAttributeKey } from '@temporalio/common';
import protocol from '@temporalio/proto';
import type { NativeConnection } from '@temporalio/worker';

// A CommonJS module whose names Node does not see.
const keyword = protocol.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;

/**
 * By what the Temporal workflows of runs can be searched on Temporal's pages. Ids only: what is searched by is not
 * encrypted.
 */
export const searchKeys = {
  workflowId: defineSearchAttributeKey('WfaibWorkflowId', 'KEYWORD'),
  projectId: defineSearchAttributeKey('WfaibProjectId', 'KEYWORD'),
};

/**
 * Makes the search attributes known to the namespace, where they are not yet. Throws where this Temporal does not let its
 * clients do that: somebody who may adds them by hand.
 */
export async function addSearchAttributes(connection: NativeConnection, namespace: string): Promise<void> {
  const { operatorService } = connection;
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing = Object.values(searchKeys).filter(({ name }) => !(name in customAttributes));
  if (missing.length === 0) return;
  await operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map(({ name }) => [name, keyword])),
  });
}
