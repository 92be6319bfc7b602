/** A credential as the API shows it: never a value. */
export interface CredentialSummary {
  id: string;
  name: string;
  kind: string;
  /** Fields of the kind, and whether each one holds a value. */
  fields: Record<string, { hasValue: boolean }>;
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
  createdAt: Date;
  updatedAt: Date;
}
