/** What a plugin author needs; `@wfaib/sdk/testing` has what its tests need. */
export { auth } from './auth.js';
export type { AuthDefinition, AuthTools, CredentialValues } from './auth.js';
export { action, defineConnector, outputItems } from './connector.js';
export type {
  Action,
  ActionContext,
  CallAuth,
  ConnectorDefinition,
  FileTools,
  LoadChoices,
  LoaderContext,
  Log,
} from './connector.js';
export type {
  ByteSource,
  HttpClient,
  HttpRequest,
  HttpResponse,
  MultipartPart,
  OutgoingRequest,
  QueryValue,
  RequestOptions,
  StreamedResponse,
} from './connector-http.types.js';
export { AuthError, ConnectorError, NotFound, RetryLater, UserError } from './errors.js';
export { f } from './field-builders.js';
export type { FieldMap, InputOf, TypedField } from './field-builders.js';
export type { Field } from './fields.js';
export type { FileRef, ItemInput, JsonObject, JsonValue } from './items.js';
