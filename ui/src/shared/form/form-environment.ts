import type { Choice, Field } from '@wfaib/sdk/fields';
import { createContext, useContext } from 'react';

/** Something about a field. What is only missing yet, or only a warning, is no mistake: it is said more quietly. */
export interface FieldProblem {
  message: string;
  isMistake: boolean;
}

/** What the fields of a form know of their surroundings. */
export interface FormEnvironment {
  /** The problem at this path, for example `parameters.url`. */
  problemAt(path: string): FieldProblem | undefined;
  /** Path to bring into view and focus. */
  focusPath?: string | undefined;
  /** Whether fields may hold expressions. */
  expressions: boolean;
  /** How a `lookup` field gets its choices; without it the value is typed. */
  lookUp?: LookUp | undefined;
}

/** Asking a service for choices: what is asked, as data that names the question, and the asking. */
export interface LookUp {
  /** Answered by this installation itself: it may be asked for the name of a value before anybody chooses. */
  isNear?: boolean;
  requestOf(field: Extract<Field, { kind: 'lookup' }>, search: string): unknown;
  load(request: unknown): Promise<Choice[]>;
}

const FormEnvironmentContext = createContext<FormEnvironment>({ problemAt: () => undefined, expressions: false });
export const FormEnvironmentProvider = FormEnvironmentContext.Provider;
export const useFormEnvironment = () => useContext(FormEnvironmentContext);
