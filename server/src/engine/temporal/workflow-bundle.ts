import { fileURLToPath } from 'node:url';

/** Where the build leaves the bundled Temporal workflows: always in `dist`, also when the server runs from its sources. */
export const workflowBundlePath = fileURLToPath(new URL('./workflow-bundle.cjs', import.meta.url)).replace(
  '/server/src/',
  '/server/dist/',
);
