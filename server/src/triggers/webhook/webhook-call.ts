import type { IncomingHttpHeaders } from 'node:http';
import type { ItemInput, JsonObject, JsonValue } from '@wfaib/sdk/items';
import { formFields } from './request-body.js';

/** A call of a webhook as it came in; nothing of it is ever evaluated. */
export interface WebhookCall {
  method: string;
  /** Path after the prefix, without slashes around it. */
  path: string;
  /** Query text without its question mark. */
  query: string;
  headers: IncomingHttpHeaders;
  params: Record<string, string>;
  body: Buffer;
}

/** Headers that never reach a workflow: cookies of this origin are the session of whoever calls from a browser. */
const hiddenHeaders: ReadonlySet<string> = new Set(['cookie']);

/** The output of the webhook node for a call. `proof` is the header that held its secret. */
export function itemOf(call: WebhookCall, body: JsonValue, proof: string | undefined): ItemInput {
  return {
    json: {
      body,
      headers: shownHeaders(call.headers, proof),
      query: formFields(call.query),
      params: call.params,
      method: call.method,
      path: call.path,
    },
  };
}

function shownHeaders(headers: IncomingHttpHeaders, proof: string | undefined): JsonObject {
  const shown: JsonObject = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== proof && !hiddenHeaders.has(name)) shown[name] = value;
  }
  return shown;
}
