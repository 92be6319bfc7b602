import { createContext, useContext } from 'react';
import type { Placement } from '../graph/add-node.js';

export interface PickerRequest {
  placement: Placement | { kind: 'replace'; node: string };
  /** Where on the screen the picker opens. */
  at: { x: number; y: number };
}

export interface CanvasActions {
  openPicker(request: PickerRequest): void;
  /** Opens the menu of what is selected, or of the canvas. */
  openMenu(at: { x: number; y: number }): void;
}

export const CanvasActionsContext = createContext<CanvasActions>({ openPicker: () => {}, openMenu: () => {} });
export const useCanvasActions = () => useContext(CanvasActionsContext);
