import { say } from '@wfaib/sdk/sentence';
import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when a project does not exist, or the caller is not in it: the two are not told apart. */
export class ProjectNotFound extends WfaibError {
  readonly code = 'project.notFound';
  constructor(readonly projectId: string) {
    super(say`There is no project ${{ projectId }}.`);
  }
}
