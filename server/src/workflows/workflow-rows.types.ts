/** A workflow as it is stored. */
export interface WorkflowRow {
  id: string;
  projectId: string;
  name: string;
  /** The document as JSON text. */
  draft: string;
  revision: number;
  liveVersion: number | null;
  createdAt: Date;
  updatedAt: Date;
}

/** A published document: never changed once it is there. */
export interface WorkflowVersionRow {
  number: number;
  document: string;
  hash: string;
  publishedAt: Date;
  /** Name of the person; `null` where the account is gone. */
  publishedBy: string | null;
  /** What people wrote about it; `''` is nothing. */
  note: string;
}
