import type { Problem, WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { createContext, useContext } from 'react';
import { createStore, useStore } from 'zustand';
import type { StoreApi } from 'zustand';
import type { NodeCatalog } from './graph/node-catalog.js';
import { change, redo, startHistory, undo } from './graph/history.js';
import type { History } from './graph/history.js';

export interface Selection {
  nodes: readonly string[];
  /** Keys of connections. */
  connections: readonly string[];
}

export interface EditorState {
  readonly workflowId: string;
  readonly catalog: NodeCatalog;
  history: History<WorkflowDocument>;
  /** The document the server has; "changed" is a comparison with it, never a flag. */
  saved: WorkflowDocument;
  revision: number;
  /** Someone else saved this workflow since it was opened. */
  conflicted: boolean;
  selection: Selection;
  panelOpen: boolean;
  problems: readonly Problem[];
  /** Field to bring into view, after a click on a problem. */
  focusField: string | undefined;
  renaming: string | undefined;
  /** Which item of the last run the previews look at. */
  sampleIndex: number;
  edit(label: string, recipe: (document: WorkflowDocument) => void, coalesce?: string): void;
  undo(): void;
  redo(): void;
  select(selection: Partial<Selection>): void;
  openStep(nodeId: string, field?: string): void;
  set(part: Partial<EditorState>): void;
}

export type EditorStore = StoreApi<EditorState>;

interface EditorStart {
  workflowId: string;
  catalog: NodeCatalog;
  document: WorkflowDocument;
  revision: number;
}

export function createEditorStore(
  { workflowId, catalog, document, revision }: EditorStart,
  now = Date.now,
): EditorStore {
  return createStore<EditorState>((set, get) => ({
    workflowId,
    catalog,
    history: startHistory(document),
    saved: document,
    revision,
    conflicted: false,
    selection: { nodes: [], connections: [] },
    panelOpen: false,
    problems: [],
    focusField: undefined,
    renaming: undefined,
    sampleIndex: 0,
    edit: (label, recipe, coalesce) => set({ history: change(get().history, recipe, { label, coalesce, at: now() }) }),
    undo: () => set(travelTo(get(), undo(get().history))),
    redo: () => set(travelTo(get(), redo(get().history))),
    select: ({ nodes = [], connections = [] }) => set({ selection: { nodes, connections } }),
    openStep: (nodeId, field) =>
      set({ selection: { nodes: [nodeId], connections: [] }, panelOpen: true, focusField: field }),
    set: (part) => set(part),
  }));
}

/** Steps that are gone after undo or redo cannot stay selected. */
function travelTo(state: EditorState, history: History<WorkflowDocument>): Partial<EditorState> {
  const ids = new Set(history.document.nodes.map((node) => node.id));
  return { history, selection: { nodes: state.selection.nodes.filter((id) => ids.has(id)), connections: [] } };
}

const EditorContext = createContext<EditorStore | undefined>(undefined);
export const EditorProvider = EditorContext.Provider;

export function useEditorStore(): EditorStore {
  const store = useContext(EditorContext);
  if (!store) throw new Error('The editor store is only there inside the editor.');
  return store;
}

export function useEditor<T>(select: (state: EditorState) => T): T {
  return useStore(useEditorStore(), select);
}

export const useDocument = () => useEditor((state) => state.history.document);
