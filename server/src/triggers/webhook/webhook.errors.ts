import { say } from '@wfaib/sdk/sentence';
import { WfaibError } from '../../errors/wfaib.errors.js';

/** Thrown when the body of a webhook call is not what its content type says. */
export class BodyUnreadable extends WfaibError {
  readonly code = 'request.bodyUnreadable';
}

/** Thrown when a body is packed in a way nobody knows. */
export class EncodingUnknown extends WfaibError {
  readonly code = 'request.mediaType';

  constructor(encoding: string) {
    super(`The content encoding "${encoding}" is not known. Send gzip, deflate, br or none.`);
  }
}

/** Thrown when the percent-encoding of a called path is broken. */
export class WebhookAddressBroken extends WfaibError {
  readonly code = 'request.invalid';

  constructor() {
    super('The percent-encoding of this address is broken.');
  }
}

/** Thrown when nothing answers a webhook path. */
export class WebhookUnknown extends WfaibError {
  readonly code = 'webhook.notFound';

  constructor(method: string, path: string) {
    super(`No published workflow answers ${method} ${path}. Check the path, or publish the workflow.`);
  }
}

/** Thrown when a webhook path is called with a method it does not take. */
export class WebhookMethodNotAllowed extends WfaibError {
  readonly code = 'request.methodNotAllowed';

  constructor(
    method: string,
    path: string,
    readonly allowed: readonly string[],
  ) {
    super(`${path} does not answer ${method}. It takes ${allowed.join(', ')}.`);
  }

  override details(): Record<string, unknown> {
    return { allowed: this.allowed };
  }
}

/** Thrown when the caller of a webhook did not prove who it is. */
export class WebhookRefused extends WfaibError {
  readonly code = 'webhook.unauthorized';

  constructor(
    reason: string,
    /** What a `WWW-Authenticate` header asks for, where there is one. */
    readonly challenge?: string,
  ) {
    super(reason);
  }
}

/** Thrown when a webhook cannot check its callers because its credential is missing or of no use. */
export class WebhookMisconfigured extends WfaibError {
  readonly code = 'webhook.misconfigured';
  override readonly level = 'warn';
}

/** Thrown when a run could not be stored in time: it may or may not go on, so the caller must not rely on it. */
export class RunNotSafe extends WfaibError {
  readonly code = 'run.unavailable';
  override readonly level = 'warn';

  constructor(runId: string) {
    super(`The run ${runId} could not be stored. Send the request again.`);
  }
}

/** Thrown when two live webhooks would answer the same call. */
export class WebhookPathTaken extends WfaibError {
  readonly code = 'webhook.pathTaken';

  constructor(
    readonly method: string,
    readonly path: string,
    readonly workflowId: string,
    readonly workflowName: string,
  ) {
    super(
      say`${{ method }} /hooks/${{ path }} is answered by the workflow "${{ workflowName }}". Choose another path, or unpublish it.`,
    );
  }

  override details(): Record<string, unknown> {
    return { method: this.method, path: this.path, workflowId: this.workflowId, workflowName: this.workflowName };
  }
}

/** Thrown when a node cannot be listened to. */
export class NodeNotAWebhook extends WfaibError {
  readonly code = 'webhook.nodeUnknown';

  constructor(nodeId: string) {
    super(
      say`The draft has no enabled webhook node with the id "${{ nodeId }}". Save the draft and name one of its webhooks.`,
    );
  }
}
