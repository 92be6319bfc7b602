import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { newId } from '../../shared/hooks/new-id.js';
import { readStored, writeStored } from '../../shared/hooks/use-stored.js';

/** Changes the server has not got yet, kept in this browser so that a crash or a closed tab loses nothing. */
export interface DraftCopy {
  document: WorkflowDocument;
  /** Revision of the draft they were made to. */
  revision: number;
  at: number;
}

/** A copy that another page, or this one before, left behind: it stays until the person decides. */
export interface FoundCopy extends DraftCopy {
  name: string;
}

const prefix = 'wfaib.';

/** The copies of one workflow. A page writes and drops only its own, so that nobody's work goes with another's save. */
export class DraftCopies {
  private own = newId();

  constructor(private readonly workflowId: string) {}

  keep(copy: DraftCopy): void {
    writeStored(this.nameOf(this.own), copy);
  }

  dropOwn(): void {
    dropCopy(this.nameOf(this.own));
  }

  /** From now on the copy kept so far is one that was left behind. @returns false where nothing could be kept */
  setAside(): boolean {
    if (!readCopy(this.nameOf(this.own))) return false;
    this.own = newId();
    return true;
  }

  /** What was left behind, newest first. */
  find(): FoundCopy[] {
    return storedNames()
      .filter((name) => name.startsWith(this.nameOf('')) && name !== this.nameOf(this.own))
      .flatMap((name) => readCopy(name) ?? [])
      .sort((one, other) => other.at - one.at);
  }

  private nameOf(id: string): string {
    return `draft.${this.workflowId}.${id}`;
  }
}

/** Whether a copy is as it was found: one that changes belongs to a tab that is open. */
export const isLeft = ({ name, at }: FoundCopy): boolean => readCopy(name)?.at === at;

export function dropCopy(name: string): void {
  try {
    localStorage.removeItem(prefix + name);
  } catch {
    // Nothing was kept where storage is switched off.
  }
}

function readCopy(name: string): FoundCopy | undefined {
  const copy = readStored<DraftCopy | null>(name, null);
  return copy ? { ...copy, name } : undefined;
}

function storedNames(): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length));
  } catch {
    return [];
  }
}
