import { createContext, useContext } from 'react';

/** Goes to the step that an expression names. */
export type OpenReference = (name: string) => void;

const ReferenceContext = createContext<OpenReference | undefined>(undefined);
export const ReferenceTargetProvider = ReferenceContext.Provider;
export const useReferenceTarget = () => useContext(ReferenceContext);
