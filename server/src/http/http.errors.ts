import { say, type Sentence } from '@wfaib/sdk/sentence';
import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when a request cannot be understood. `problems` tells what is wrong where. */
export class InvalidRequest extends WfaibError {
  readonly code = 'request.invalid';
  constructor(
    message: Sentence,
    readonly problems: { path: string; message: string }[] = [],
  ) {
    super(message);
  }

  override details() {
    return this.problems.length > 0 ? { problems: this.problems } : {};
  }
}

/** Thrown when a thing does not exist, or the caller may not see it. */
export class NotFound extends WfaibError {
  readonly code = 'notFound';
  constructor(what: string, id: string) {
    super(say`There is no ${{ what: { text: what } }} ${{ id }}.`);
  }
}

/** Thrown when no route has this path. */
export class RouteNotFound extends WfaibError {
  readonly code = 'route.notFound';
  constructor(method: string, path: string) {
    super(say`Nothing answers ${{ method }} ${{ path }}. GET /api/openapi.json lists what does.`);
  }
}

/** Thrown when a path is known, but not with this method. */
export class MethodNotAllowed extends WfaibError {
  readonly code = 'request.methodNotAllowed';
  constructor(
    method: string,
    path: string,
    readonly allowed: string[],
  ) {
    super(say`${{ path }} does not take ${{ method }}. It takes ${{ allowed }}.`);
  }

  override details() {
    return { allowed: this.allowed };
  }
}

/** Thrown when a caller asks too often. */
export class RateLimited extends WfaibError {
  readonly code = 'request.rateLimited';
  constructor(readonly retryAfterMs: number) {
    super(say`Too many tries. Try again in ${{ seconds: Math.ceil(retryAfterMs / 1000) }} seconds.`);
  }
}

/** Thrown when a body announced as JSON is none. */
export class UnreadableJson extends WfaibError {
  readonly code = 'request.jsonInvalid';
  constructor(reason: string) {
    super(say`The request body is not valid JSON: ${{ reason }}.`);
  }
}

/** Thrown when a body is not JSON where only JSON is taken. */
export class UnsupportedMediaType extends WfaibError {
  readonly code = 'request.mediaType';
  constructor(contentType: string | undefined) {
    super(
      say`The body must be JSON with the header content-type: application/json${{ not: contentType === undefined ? '' : say`, not ${{ contentType }}` }}.`,
    );
  }
}
