/** A credential as the API shows it: never a value. */
export interface CredentialSummary {
  id: string;
  name: string;
  kind: string;
  /** Fields of the kind, and whether each one holds a value. */
  fields: Record<string, { hasValue: boolean }>;
  /** Most calls that may use it at once, over all workflows and servers; null where there is no limit. */
  maxConcurrentCalls: number | null;
  createdAt: string;
  updatedAt: string;
}

/** A row of table `credential`. */
export interface CredentialRow {
  id: string;
  projectId: string;
  name: string;
  kind: string;
  filledFields: string[];
  sealed: string;
  maxConcurrentCalls: number | null;
  createdAt: Date;
  updatedAt: Date;
}
