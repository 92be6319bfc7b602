import { createContext, useContext } from 'react';
import type { Placement } from '../graph/add-node.js';

export interface PickerRequest {
  placement: Placement;
  /** Where on the screen the picker opens. */
  at: { x: number; y: number };
}

export interface CanvasActions {
  openPicker(request: PickerRequest): void;
}

export const CanvasActionsContext = createContext<CanvasActions>({ openPicker: () => {} });
export const useCanvasActions = () => useContext(CanvasActionsContext);
