import { say } from '@wfaib/sdk/sentence';
import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when a route needs a caller and the request carries no valid session or API key. */
export class AuthenticationRequired extends WfaibError {
  readonly code = 'auth.required';
  constructor() {
    super(say`Sign in, or send a valid API key as "Authorization: Bearer <key>".`);
  }
}

/** Thrown when the caller is known but may not do this. */
export class AccessDenied extends WfaibError {
  readonly code = 'auth.denied';
  constructor(readonly permission: string) {
    super(say`Your role in this project does not include ${{ permission }}. Ask the owner for it.`);
  }

  override details() {
    return { permission: this.permission };
  }
}

/** Thrown when a browser sends a request from the page of another site. */
export class OriginDenied extends WfaibError {
  readonly code = 'auth.originDenied';
  override readonly level = 'warn';
  constructor() {
    super(
      say`This request comes from another site. Use the page of this server, or set WFAIB_PUBLIC_URL to its address.`,
    );
  }
}

/** Thrown when e-mail and password do not match. Which of the two is wrong is not said. */
export class SignInFailed extends WfaibError {
  readonly code = 'auth.signInFailed';
  constructor() {
    super(say`E-mail and password do not match.`);
  }
}

/** Thrown when the owner link is wrong or was replaced by a newer one. */
export class SetupTokenInvalid extends WfaibError {
  readonly code = 'auth.setupTokenInvalid';
  constructor() {
    super(say`This owner link is not valid. The log of the server shows the one that is.`);
  }
}

/** Thrown when the owner exists already. */
export class SetupDone extends WfaibError {
  readonly code = 'auth.setupDone';
  constructor() {
    super(say`The owner account exists already. Sign in instead.`);
  }
}

/** Thrown when an API key does not exist in the project of the caller. */
export class ApiKeyNotFound extends WfaibError {
  readonly code = 'apiKey.notFound';
  constructor(readonly apiKeyId: string) {
    super(say`There is no API key ${{ apiKeyId }}.`);
  }
}

/** Thrown at the start when a route says neither who may use it nor that everyone may. */
export class RouteWithoutAccess extends WfaibError {
  readonly code = 'auth.routeWithoutAccess';
  override readonly level = 'error';
  constructor(routes: string[]) {
    super(`These routes carry neither @Access('…') nor @Public(): ${routes.join(', ')}.`);
  }
}
