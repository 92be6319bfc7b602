export { ReactFlowProvider as ReactFlowProviderForEditor } from '@xyflow/react';
