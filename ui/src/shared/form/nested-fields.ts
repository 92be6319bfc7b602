import type { Field } from '@wfaib/sdk/fields';
import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';

export interface FieldListProps {
  fields: Record<string, Field>;
  values: Readonly<Record<string, unknown>>;
  /** Path of the values within the step, for example `parameters`. */
  path: string;
  /** `undefined` means: not set, the default counts. */
  onChange(name: string, value: unknown): void;
}

type RenderFields = (props: FieldListProps) => ReactNode;

const NestedFields = createContext<RenderFields | undefined>(undefined);
export const NestedFieldsProvider = NestedFields.Provider;

/** The form for fields inside a field; the form around it hands itself down, so that no file imports in a circle. */
export function useNestedFields(): RenderFields {
  const render = useContext(NestedFields);
  if (!render) throw new Error('A field with fields inside needs a form around it.');
  return render;
}
