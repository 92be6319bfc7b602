/**
 * The one table of HTTP statuses. A code that is not listed is looked up by its last word (`run.notFound` → `notFound`);
 * an error thrown on purpose that is found nowhere answers 422.
 */
const statusByCode: Record<string, number> = {
  'request.invalid': 400,
  'request.cursorInvalid': 400,
  'request.jsonInvalid': 400,
  'request.bodyUnreadable': 400,
  'workflow.unreadable': 400,
  'auth.required': 401,
  'webhook.unauthorized': 401,
  'auth.signInFailed': 401,
  'auth.setupTokenInvalid': 401,
  'auth.denied': 403,
  'auth.originDenied': 403,
  'route.notFound': 404,
  'webhook.unknown': 404,
  'request.methodNotAllowed': 405,
  'auth.setupDone': 409,
  'run.keyReused': 409,
  'workflow.editedElsewhere': 409,
  'run.undoOpen': 409,
  'run.unknownEvent': 409,
  'webhook.pathTaken': 409,
  'approval.linkExpired': 410,
  'request.tooLarge': 413,
  'request.mediaType': 415,
  'workflow.revisionRequired': 428,
  'workflow.invalid': 422,
  'run.triggerAmbiguous': 422,
  'request.rateLimited': 429,
  'webhook.misconfigured': 503,
  'database.unavailable': 503,
};

const statusByLastWord: Record<string, number> = {
  methodNotAllowed: 405,
  required: 401,
  denied: 403,
  forbidden: 403,
  notFound: 404,
  gone: 404,
  conflict: 409,
  changed: 409,
  exists: 409,
  inUse: 409,
  notLive: 409,
  live: 409,
  alreadyEnded: 409,
  paused: 409,
  ended: 409,
  decided: 409,
  used: 409,
  notEnded: 409,
  dataGone: 409,
  taken: 409,
  tooLarge: 413,
  invalid: 422,
  busy: 503,
  unavailable: 503,
};

/** HTTP status of an error thrown on purpose. */
export function statusOf(code: string): number {
  return statusByCode[code] ?? statusByLastWord[code.slice(code.lastIndexOf('.') + 1)] ?? 422;
}
