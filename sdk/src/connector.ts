import type { AuthDefinition, CredentialValues } from './auth.js';
import type { ByteSource, HttpClient } from './connector-http.types.js';
import type { FieldMap, InputOf } from './field-builders.js';
import type { Choice } from './fields.js';
import type { FileRef, ItemInput, JsonObject } from './items.js';

/** A decrypted credential, for the duration of one call. */
export interface CallAuth {
  /** `basic`, `header`, `bearer`, `query`, or `<connector>.<auth>`. */
  kind: string;
  values: CredentialValues;
}

/** Files of the data store, by reference: their bytes never travel inside an item. */
export interface FileTools {
  /** All of a file, which has to fit into memory: up to 64 MiB. @throws `file.tooLarge`: {@link open} has no limit */
  read(file: FileRef): Promise<Uint8Array>;
  /** A file of any size, to be sent on or read part by part. */
  open(file: FileRef): ByteSource;
  /** Keeps a file; `bytes` may come part by part and are read as fast as the store takes them. @throws `file.tooLarge` */
  write(file: { name: string; mimeType: string; bytes: Uint8Array | AsyncIterable<Uint8Array> }): Promise<FileRef>;
}

export type Log = Record<'debug' | 'info' | 'warn' | 'error', (message: string, details?: JsonObject) => void>;

/** What an action may see and use. There is no way to the environment, other credentials or the server. */
export interface ActionContext<Input> {
  /** Parameters with all templates evaluated and defaults filled in. */
  input: Input;
  /** The credential of slot `auth`; undefined where the step has none. */
  auth: CallAuth | undefined;
  /** Carries the credential by itself. */
  http: HttpClient;
  files: FileTools;
  /** Files of the input item, by name. */
  itemFiles: Record<string, FileRef>;
  /**
   * Constant over attempts, crashes and takeovers of this step and item: send it to services that take one.
   * `page` is for a call that writes more than once.
   */
  idempotencyKey: (page?: number) => Promise<string>;
  /** Zero-based index of the item within the step. */
  itemIndex: number;
  /** Says that the action is still at work; call it in long loops. */
  heartbeat: () => void;
  /**
   * Says how far the action is, for the people who watch the run. Call it as often as you like: the latest is shown.
   * @param fraction from 0 to 1
   * @param text what it is doing, in a few words; longer than 200 characters it is cut
   */
  progress: (fraction: number, text?: string) => void;
  /** Aborted when the step is cancelled or its time is over. */
  signal: AbortSignal;
  log: Log;
}

/** What an action gives back, or a promise of it. Wrap with {@link outputItems} to set files or to keep arrays together. */
export type ActionOutput = unknown;

/** Choices of a `lookup` field. */
export type LoadChoices = (context: LoaderContext) => Promise<Choice[]>;

export interface LoaderContext {
  http: HttpClient;
  auth: CallAuth | undefined;
  /** Parameters filled in so far. */
  input: JsonObject;
  search: string;
  signal: AbortSignal;
}

export interface ActionDefinition {
  label: string;
  description: string;
  /** Name of a Lucide icon, or a `data:` address. @defaultValue the connector's */
  icon?: string;
  input: FieldMap;
  /** What the service notices: `write` is claimed in the journal before it runs. */
  sideEffect: 'none' | 'read' | 'write';
  /** One line on the step card; `{{field}}` is replaced by the parameter. */
  summary?: string;
  /** @defaultValue 1 */
  version?: number;
  /** Names of entries of the connector's `auth`. @defaultValue all of them, optional */
  auth?: { names?: string[]; required?: boolean };
  /** Parameter `{ size, intervalMs }` that paces the items. */
  paceFrom?: string;
  // Actions of all inputs in one list: each was checked where it was written.
  // oxlint-disable-next-line typescript/no-explicit-any -- the only type that all of them fit
  run(context: ActionContext<any>): ActionOutput;
}

/** An action as its author writes it: `input` is typed after the fields. */
export type ActionSource<Fields extends FieldMap> = Omit<ActionDefinition, 'input' | 'run'> & {
  input: Fields;
  run(context: ActionContext<InputOf<Fields>>): ActionOutput;
};

/** An action that remembers its input, so that tests are checked too. */
export interface Action<Fields extends FieldMap = FieldMap> extends ActionDefinition {
  input: Fields;
}

/** Declares an action of a connector. A misspelt name in `input` does not compile. */
export function action<const Fields extends FieldMap>(source: ActionSource<Fields>): Action<Fields> {
  return source;
}

export interface ConnectorDefinition {
  /** Lower case letters, digits and dashes; the first half of the node types. */
  id: string;
  label: string;
  description?: string;
  /** Name of a Lucide icon, or a `data:` address of an SVG. @defaultValue 'plug' */
  icon?: string;
  /** Version of this interface. */
  sdk: 1;
  /** Hosts the connector talks to: `api.example.com`, `*.example.com`, or `*` where the person chooses. */
  egress: string[];
  auth?: Record<string, AuthDefinition>;
  actions: Record<string, ActionDefinition>;
  loaders?: Record<string, LoadChoices>;
}

/** Declares a connector; the default export of a plugin. */
export function defineConnector<const Definition extends ConnectorDefinition>(definition: Definition): Definition {
  return definition;
}

const itemsMark = Symbol.for('wfaib.items');

/** Items with files, as an action may return them. */
export interface OutputItems {
  readonly items: ItemInput[];
}

/** Output items as they are. Without it an array gives one item per element, a scalar `{ data }`, nothing `{}`. */
export function outputItems(items: ItemInput[]): OutputItems {
  return Object.assign({ items }, { [itemsMark]: true });
}

export function isOutputItems(value: unknown): value is OutputItems {
  return typeof value === 'object' && value !== null && itemsMark in value;
}
