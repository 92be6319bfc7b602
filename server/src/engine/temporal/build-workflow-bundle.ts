// Part of `npm run build`: bundles the Temporal workflows once, so that no start has to.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { workflowBundlePath } from './workflow-bundle.js';

const workflowsPath = fileURLToPath(new URL('./workflows/index.js', import.meta.url));
const { code } = await bundleWorkflowCode({ workflowsPath });
await writeFile(workflowBundlePath, code);
