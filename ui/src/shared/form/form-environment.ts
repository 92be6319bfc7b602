import { createContext, useContext } from 'react';

/** Something wrong with a field. What is only missing yet is no mistake, so it is said more quietly. */
export interface FieldProblem {
  message: string;
  isMissing: boolean;
}

/** What the fields of a form know of their surroundings. */
export interface FormEnvironment {
  /** The problem at this path, for example `parameters.url`. */
  problemAt(path: string): FieldProblem | undefined;
  /** Path to bring into view and focus. */
  focusPath?: string | undefined;
  /** Whether fields may hold expressions. */
  expressions: boolean;
}

const FormEnvironmentContext = createContext<FormEnvironment>({ problemAt: () => undefined, expressions: false });
export const FormEnvironmentProvider = FormEnvironmentContext.Provider;
export const useFormEnvironment = () => useContext(FormEnvironmentContext);
