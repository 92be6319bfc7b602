import type { HttpResponse, JsonValue } from '@wfaib/sdk';
import { evaluateTemplate } from '@wfaib/sdk/expressions/evaluate';
import type { ExpressionScope } from '@wfaib/sdk/expressions/scope.types';

/** Evaluates a template over `$response`, which is `{ status, headers, body }`. Text without a leading `=` is itself. */
export function evaluateOver(template: string, response: HttpResponse): JsonValue {
  return template.startsWith('=') ? evaluateTemplate(template, scopeOf(response)) : template;
}

/** Only the response is in sight: what an item held was evaluated before the request. */
function scopeOf(response: HttpResponse): ExpressionScope {
  const { status, headers } = response;
  return {
    json: {},
    itemIndex: 0,
    input: { items: [] },
    node: () => undefined,
    now: Date.now(),
    timezone: 'UTC',
    vars: {},
    run: { id: '' },
    workflow: { id: '', name: '' },
    response: { status, headers, body: response.body() },
  };
}

/** The value at a path like `data.items`; null where there is nothing. */
export function atPath(value: JsonValue, path: string): JsonValue {
  return path.split('.').reduce<JsonValue>((found, name) => {
    const isHolder = typeof found === 'object' && found !== null && Object.hasOwn(found, name);
    return isHolder ? ((found as Record<string, JsonValue>)[name] ?? null) : null;
  }, value);
}
