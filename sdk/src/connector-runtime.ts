import type { AuthDefinition } from './auth.js';
import {
  isOutputItems,
  type ActionContext,
  type ActionDefinition,
  type CallAuth,
  type ConnectorDefinition,
  type FileTools,
  type Log,
} from './connector.js';
import { credentialKind } from './connector-descriptor.js';
import { createHttpClient } from './connector-http.js';
import type { HttpClient, HttpTransport } from './connector-http.types.js';
import type { StepError } from './errors.js';
import type { FieldMap } from './field-builders.js';
import type { FileRef, ItemInput, JsonObject, JsonValue } from './items.js';

/** What a host hands to one call of an action; the same in the child process and in tests. */
export interface ActionCall {
  action: string;
  input: JsonObject;
  auth: CallAuth | undefined;
  itemFiles: Record<string, FileRef>;
  itemIndex: number;
  signal: AbortSignal;
}

/** What a host does for actions. */
export interface HostServices {
  transport: HttpTransport;
  files: FileTools;
  idempotencyKey: (page?: number) => Promise<string>;
  heartbeat: () => void;
  progress: (fraction: number, text?: string) => void;
  log: Log;
}

/** Runs an action and makes items of what it returned. Throws what the action threw. */
export async function runConnectorAction(
  connector: ConnectorDefinition,
  call: ActionCall,
  services: HostServices,
): Promise<ItemInput[]> {
  const action = connector.actions[call.action];
  if (!action) throw new Error(`Connector "${connector.id}" has no action "${call.action}".`);
  return itemsOf(await action.run(contextOf(connector, action, call, services)));
}

function contextOf(
  connector: ConnectorDefinition,
  action: ActionDefinition,
  call: ActionCall,
  services: HostServices,
): ActionContext<JsonObject> {
  return {
    input: withDefaults(action.input, call.input),
    auth: call.auth,
    http: connectorHttp(connector, call.auth, services.transport, call.signal),
    files: services.files,
    itemFiles: call.itemFiles,
    idempotencyKey: services.idempotencyKey,
    itemIndex: call.itemIndex,
    heartbeat: services.heartbeat,
    progress: services.progress,
    signal: call.signal,
    log: services.log,
  };
}

/** The client of a connector with a credential, as actions, loaders and tests of credentials use it. */
export function connectorHttp(
  connector: ConnectorDefinition,
  auth: CallAuth | undefined,
  transport: HttpTransport,
  signal: AbortSignal,
): HttpClient {
  const definition = auth && authDefinition(connector, auth.kind);
  const values = auth?.values ?? {};
  const baseUrl = definition?.baseUrl?.(values);
  return createHttpClient({
    transport,
    signal,
    baseUrl,
    authorize: definition?.apply && ((request) => definition.apply!(values, request)),
    checkHost: (url) => checkDeclared(connector, url, baseUrl),
  });
}

/** The `auth` entry of a credential kind; undefined where the connector does not take it. */
export function authDefinition(connector: ConnectorDefinition, kind: string): AuthDefinition | undefined {
  const entries = Object.entries(connector.auth ?? {});
  return entries.find(([name, definition]) => credentialKind(connector.id, name, definition) === kind)?.[1];
}

/** Hosts are declared in `egress`; the base address of the credential is always one. */
function checkDeclared(connector: ConnectorDefinition, url: URL, baseUrl: string | undefined): void {
  if (baseUrl !== undefined && new URL(baseUrl).hostname === url.hostname) return;
  if (connector.egress.some((pattern) => matchesHost(pattern, url.hostname))) return;
  throw Object.assign(new Error(`Connector "${connector.id}" did not declare the host ${url.hostname}.`), {
    code: 'egress.undeclared',
    retryable: false,
  });
}

function matchesHost(pattern: string, host: string): boolean {
  if (pattern === '*' || pattern === host) return true;
  return pattern.startsWith('*.') && host.endsWith(pattern.slice(1));
}

/** Fills in the defaults of fields that were left out, at any depth of groups and lists. */
export function withDefaults(fields: FieldMap, input: JsonObject): JsonObject {
  const filled: JsonObject = { ...input };
  for (const [name, field] of Object.entries(fields)) {
    const value = filled[name];
    if (value === undefined || value === null) {
      if (field.default === undefined) delete filled[name];
      else filled[name] = structuredClone(field.default) as JsonValue;
    } else if (field.kind === 'group' && isObject(value)) filled[name] = withDefaults(field.of, value);
    else if (field.kind === 'list' && Array.isArray(value)) {
      filled[name] = value.map((element) => (isObject(element) ? withDefaults(field.of, element) : element));
    }
  }
  return filled;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An array gives one item per element, a scalar `{ data }`, nothing `{}`; dates become ISO text. */
export function itemsOf(output: unknown): ItemInput[] {
  if (isOutputItems(output)) return output.items.map((item) => ({ ...item, json: plainJson(item.json) as JsonObject }));
  const plain = plainJson(output);
  return (Array.isArray(plain) ? plain : [plain]).map((value) => ({ json: jsonOf(value) }));
}

function jsonOf(value: JsonValue): JsonObject {
  if (value === null) return {};
  return isObject(value) ? value : { data: value };
}

function plainJson(value: unknown): JsonValue {
  const text = JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
  return text === undefined ? null : (JSON.parse(text) as JsonValue);
}

/** Those of them that say that nothing was sent. */
const neverSent = /^(ECONNREFUSED|EAI_|EHOST|ENET|ENOTFOUND|UND_ERR_CONNECT)/;

/** Codes of Node, its resolver and its HTTP client for a network that did not do its part. */
const networkCode = /^(ECONN|EAI_|EHOST|ENET|ENOTFOUND$|ETIMEDOUT$|EPIPE$|UND_ERR_|HPE_)/;

/**
 * What a step shows of anything thrown. Only an allow-list of fields is copied: errors of HTTP clients and drivers
 * carry whole requests, credentials included.
 */
export function stepErrorOf(thrown: unknown): StepError {
  const error = fieldsOf(thrown);
  const code = typeof error['code'] === 'string' ? error['code'] : 'connector.failed';
  const given =
    typeof error['details'] === 'function' ? (thrown as { details(): unknown }).details() : error['details'];
  return {
    code: networkCode.test(code) ? 'connector.network' : code.includes('.') ? code : 'connector.failed',
    message: typeof error['message'] === 'string' && error['message'] !== '' ? error['message'] : code,
    retryable: typeof error['retryable'] === 'boolean' ? error['retryable'] : true,
    ...outcomeOf(error['outcomeUnknown'], code),
    ...(typeof error['status'] === 'number' ? { status: error['status'] } : {}),
    ...(typeof error['retryAfterMs'] === 'number' ? { retryAfterMs: error['retryAfterMs'] } : {}),
    ...(given === undefined ? {} : { details: plainJson(given) }),
  };
}

/** A connection that broke leaves it open whether the service did what it was asked. */
function outcomeOf(said: unknown, code: string): Pick<StepError, 'outcomeUnknown'> {
  if (typeof said === 'boolean') return { outcomeUnknown: said };
  return networkCode.test(code) && !neverSent.test(code) ? { outcomeUnknown: true } : {};
}

/** `fetch` and others wrap what happened: the innermost error with a code says it best. */
function fieldsOf(thrown: unknown): Record<string, unknown> {
  if (typeof thrown !== 'object' || thrown === null) return { message: String(thrown) };
  const error = thrown as Record<string, unknown>;
  const inner = (error['cause'] ?? (error['errors'] as unknown[] | undefined)?.[0]) as
    Record<string, unknown> | undefined;
  const isWrapped = typeof inner === 'object' && inner !== null && typeof inner['code'] === 'string';
  return isWrapped && (error['code'] === undefined || Array.isArray(error['errors'])) ? inner : error;
}
