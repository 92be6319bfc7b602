import { say } from '@wfaib/sdk/sentence';
import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when a variable does not exist in the caller's project. */
export class VariableNotFound extends WfaibError {
  readonly code = 'variable.notFound';

  constructor(id: string) {
    super(say`There is no variable ${{ id }} in this project.`);
  }
}

/** Thrown when another variable of the project has the name. */
export class VariableNameTaken extends WfaibError {
  readonly code = 'variable.taken';

  constructor(name: string) {
    super(say`This project has a variable "${{ name }}" already. Change that one, or choose another name.`);
  }
}
