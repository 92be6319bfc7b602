import type { ActionContext, HttpResponse, InputOf } from '@wfaib/sdk';
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
  const response = await context.http.request(await buildRequest(context));
  return outputItems(await outputOf(context, response));
}

async function outputOf(context: RequestContext, response: HttpResponse) {
  switch (context.input.output) {
    case 'file':
      return [await fileOutput(context, response)];
    case 'full':
      return [fullOutput(response)];
    case 'body':
  }
  return itemsOf(response.body());
}
