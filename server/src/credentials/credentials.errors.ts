import { say, type Sentence } from '@wfaib/sdk/sentence';
import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when a credential does not exist in the caller's project. */
export class CredentialNotFound extends WfaibError {
  readonly code = 'credential.notFound';
  constructor(id: string) {
    super(say`There is no credential ${{ id }} in this project.`);
  }
}

/** Thrown when a sealed credential cannot be opened. */
export class CredentialUnreadable extends WfaibError {
  readonly code = 'credential.unreadable';
  override readonly level = 'error';
  constructor() {
    super(
      say`A credential cannot be read with the encryption key of this server. Enter its values again, or bring the key back.`,
    );
  }
}

/** Thrown at the start when the key is not the one that sealed the credentials. */
export class WrongEncryptionKey extends WfaibError {
  readonly code = 'credential.wrongKey';
  override readonly level = 'error';
  constructor(source: string) {
    super(
      say`The encryption key in ${{ source }} is not the one that sealed the credentials in this database: bring that key back.`,
    );
  }
}

/** Thrown when the values do not fit the kind. */
export class CredentialInvalid extends WfaibError {
  readonly code = 'credential.invalid';
  constructor(
    message: Sentence,
    readonly field?: string,
  ) {
    super(message);
  }

  override details() {
    return this.field === undefined ? {} : { field: this.field };
  }
}

/** Thrown when a credential is used by a live workflow. */
export class CredentialInUse extends WfaibError {
  readonly code = 'credential.inUse';
  constructor(readonly workflows: { id: string; name: string }[]) {
    super(say`This credential is used by ${{ workflows: workflows.map(({ name }) => `"${name}"`) }}. Unpublish first.`);
  }

  override details() {
    return { workflows: this.workflows };
  }
}
