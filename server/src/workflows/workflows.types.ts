import type { JsonObject } from '@wfaib/sdk/items';
import type { Problem } from '@wfaib/sdk/workflow-document';

/** A version in the list of a workflow. */
export interface VersionSummary {
  version: number;
  createdAt: Date;
  /** Name of the person; `null` where the account is gone. */
  createdBy: string | null;
  /** What people wrote about it; `''` is nothing. */
  note: string;
}

/** Who changed a part of the draft last. `name` is `null` where the account is gone. */
export interface ChangeAuthor {
  /** `node`, with its id, `connections`, `settings` or `name`. */
  part: string;
  nodeId?: string;
  name: string | null;
  at: string;
}

/** A workflow as the API shows it. */
export interface WorkflowView {
  id: string;
  name: string;
  /** The document as it was last saved, whole or not. */
  draft: JsonObject;
  /** Grows with every save; the `ETag`. */
  revision: number;
  /** Number of the live version. */
  live: number | null;
  /** Newest first. */
  versions: VersionSummary[];
  problems: Problem[];
  createdAt: Date;
  updatedAt: Date;
}

/** A workflow in a list. */
export interface WorkflowSummary {
  id: string;
  name: string;
  revision: number;
  live: number | null;
  createdAt: Date;
  updatedAt: Date;
  /** Names divided by slashes; `''` is the top. */
  folder: string;
  tags: string[];
  /** Who made it; `null` where the account is gone. */
  owner: string | null;
  /** What is wrong with the credentials of its draft; the rest of its problems comes with the workflow itself. */
  credentialProblems: Problem[];
}

/** Folders and tags in use, by name, with how many workflows each holds. */
export interface WorkflowLabels {
  folders: { name: string; count: number }[];
  tags: { name: string; count: number }[];
}
