import type { ActionContext, InputOf } from '@wfaib/sdk';
import { outputItems } from '@wfaib/sdk';
import { buildRequest } from './build-request.js';
import { fetchPages } from './pagination.js';
import type { requestFields } from './request.fields.js';
import { fileOutput, fullOutput, itemsOf } from './response-items.js';

export type RequestInput = InputOf<typeof requestFields>;
export type RequestContext = ActionContext<RequestInput>;

/** Sends the request, or one request per page, and makes items of what came back. */
export async function sendRequest(context: RequestContext): Promise<unknown> {
  if (context.input.pagination) return outputItems(await fetchPages(context, context.input.pagination));
  const request = await buildRequest(context);
  if (context.input.output === 'file') {
    // A file of any size goes from the service to the store part by part.
    const response = await context.http.stream(request);
    return outputItems([await fileOutput(context, response, response.body)]);
  }
  const response = await context.http.request(request);
  return outputItems(context.input.output === 'full' ? [fullOutput(response)] : itemsOf(response.body()));
}
