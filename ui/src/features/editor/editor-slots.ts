import { createContext, useContext } from 'react';
import type { ComponentType } from 'react';

export interface CredentialPickerProps {
  slot: { slot: string; label: string; kinds: string[]; required: boolean };
  value: string | undefined;
  problem: string | undefined;
  onChange(credentialId: string | undefined): void;
}

/** Parts of other features the editor shows; the app puts them in, so that features do not know each other. */
export interface EditorSlots {
  CredentialPicker: ComponentType<CredentialPickerProps>;
}

const SlotsContext = createContext<EditorSlots | undefined>(undefined);
export const EditorSlotsProvider = SlotsContext.Provider;

export function useEditorSlots(): EditorSlots {
  const slots = useContext(SlotsContext);
  if (!slots) throw new Error('The app has to put its parts into the editor.');
  return slots;
}
