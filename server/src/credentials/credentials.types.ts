/** A credential as the API shows it: never a value. */
export interface CredentialSummary {
  id: string;
  name: string;
  kind: string;
  /** Fields of the kind, and whether each one holds a value. */
  fields: Record<string, { hasValue: boolean }>;
  /** Most calls that may use it at once, over all workflows and servers; null where there is no limit. */
  maxConcurrentCalls: number | null;
  /** The last test since its values were changed; null where there was none. */
  lastTest: CredentialTest | null;
  createdAt: string;
  updatedAt: string;
}

/** How a test went: `message` is what the service said where it refused. */
export interface CredentialTest {
  ok: boolean;
  message?: string;
  at: string;
}

/** A credential that a document names: whether its last test failed. */
export interface CredentialState {
  id: string;
  name: string;
  isFailing: boolean;
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
  testedAt: Date | null;
  testFailure: string | null;
  createdAt: Date;
  updatedAt: Date;
}
