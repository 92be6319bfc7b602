/** Any value that JSON can carry. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;

/** A JSON object, the body of an {@link Item}. */
export interface JsonObject {
  [key: string]: JsonValue;
}

/** Points at a file in the data store; the bytes never travel inside an item. */
export interface FileRef {
  /** Opaque id, readable through `GET /api/runs/:id/files/:fileId`. */
  id: string;
  /** File name as the sender gave it, without a path. */
  name: string;
  mimeType: string;
  /** Length in bytes. */
  size: number;
  /** Lower-case hex digest of the content. */
  sha256: string;
}

/** Says which output item of an earlier step an item was made from. */
export interface ItemSource {
  /** Key of the step visit, as in `steps[].id` of a run. */
  step: string;
  /** Output port of that step. */
  port: string;
  /** Zero-based index within the items that left that port. */
  item: number;
}

/** The unit of data that flows between steps. */
export interface Item {
  json: JsonObject;
  files?: Record<string, FileRef>;
  /** Item lineage, written by the engine: user code and connectors never set it. Empty for what a trigger made. */
  source: ItemSource[];
}

/** An item as code, connectors and callers hand it over, before the engine adds its lineage. */
export type ItemInput = Omit<Item, 'source'>;
