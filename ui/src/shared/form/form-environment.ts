import { createContext, useContext } from 'react';

/** What the fields of a form know of their surroundings. */
export interface FormEnvironment {
  /** The sentence of the problem at this path, for example `parameters.url`. */
  problemAt(path: string): string | undefined;
  /** Path to bring into view and focus. */
  focusPath?: string | undefined;
  /** Whether fields may hold expressions. */
  expressions: boolean;
}

const FormEnvironmentContext = createContext<FormEnvironment>({ problemAt: () => undefined, expressions: false });
export const FormEnvironmentProvider = FormEnvironmentContext.Provider;
export const useFormEnvironment = () => useContext(FormEnvironmentContext);
