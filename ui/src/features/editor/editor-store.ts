import type { Problem, WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { createContext, useContext } from 'react';
import { createStore, useStore } from 'zustand';
import type { StoreApi } from 'zustand';
import type { Editing } from './api/editing.js';
import type { FoundCopy } from './draft-copy.js';
import type { LookedAt } from './drawer/shown-output.js';
import type { NodeCatalog } from '../../shared/steps/node-catalog.js';
import { replaceDocument } from '../../shared/documents/replace-document.js';
import { change, redo, startHistory, undo } from './graph/history.js';
import type { History } from './graph/history.js';

export interface Selection {
  nodes: readonly string[];
  /** Keys of connections. */
  connections: readonly string[];
  notes: readonly string[];
}

/** Two states of the workflow to look at side by side. */
export interface Comparison {
  title: string;
  before: WorkflowDocument;
  after: WorkflowDocument;
}

/** Dialogs and lists over the editor; one at a time. */
export type Layer = 'publish' | 'versions' | 'settings' | 'keys' | 'palette' | 'find' | 'connect';

export interface EditorState {
  readonly workflowId: string;
  readonly catalog: NodeCatalog;
  history: History<WorkflowDocument>;
  /** The document the server has; "changed" is a comparison with it, never a flag. */
  saved: WorkflowDocument;
  revision: number;
  /** Someone else saved this workflow since it was opened. */
  conflicted: boolean;
  /** Who did, and when. */
  conflictWith: { savedBy: string | undefined; savedAt: string | undefined } | undefined;
  /** Whose turn it is to edit; unknown until the server has said so. */
  editing: Editing | undefined;
  /** Changes that never reached the server and were left in this browser, newest first. */
  copies: readonly FoundCopy[];
  selection: Selection;
  panelOpen: boolean;
  problems: readonly Problem[];
  /** The list of problems is open. */
  problemsOpen: boolean;
  /** Steps that were added and not left yet: what they still need is no mistake. */
  fresh: ReadonlySet<string>;
  /** Field to bring into view, after a click on a problem. */
  focusField: string | undefined;
  renaming: string | undefined;
  /** Which item of the last run the previews look at. */
  sampleIndex: number;
  /** Which part of the data of the selected step is looked at. */
  looked: LookedAt;
  layer: Layer | undefined;
  /** The list of steps instead of the canvas. */
  view: 'canvas' | 'outline';
  /** What dragging the empty canvas does: it selects, or it moves the canvas. */
  tool: 'pointer' | 'hand';
  minimap: boolean;
  /** Input, form and output side by side instead of the canvas. */
  focusMode: boolean;
  /** Note that is open for writing. */
  editingNote: string | undefined;
  /** Key of the connection a dragged step would go into. */
  spliceTarget: string | undefined;
  comparing: Comparison | undefined;
  edit(label: string, recipe: (document: WorkflowDocument) => void, coalesce?: string): void;
  /** Puts what somebody else saved in the place of the document, as one change that undo takes back. */
  take(label: string, document: WorkflowDocument, revision: number): void;
  /** Shows what somebody else saved; there is nothing to undo in it. */
  adopt(document: WorkflowDocument, revision: number): void;
  /** Closes what was opened last of what lies around the canvas; then lets go of the selection. */
  closeInnermost(): void;
  undo(): void;
  redo(): void;
  select(selection: Partial<Selection>): void;
  openStep(nodeId: string, field?: string): void;
  /** Opens a step that was just added. */
  openFresh(nodeId: string): void;
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
    conflictWith: undefined,
    editing: undefined,
    copies: [],
    selection: { nodes: [], connections: [], notes: [] },
    panelOpen: false,
    problems: [],
    problemsOpen: false,
    fresh: noneFresh,
    focusField: undefined,
    renaming: undefined,
    sampleIndex: 0,
    looked: {},
    layer: undefined,
    view: 'canvas',
    // Who has no pointer to hover with drags to move around.
    tool: typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches ? 'hand' : 'pointer',
    minimap: true,
    focusMode: false,
    editingNote: undefined,
    spliceTarget: undefined,
    comparing: undefined,
    edit: (label, recipe, coalesce) => {
      if (isWatching(get())) return;
      set({ history: change(get().history, recipe, { label, coalesce, at: now() }) });
    },
    take: (label, theirs, theirRevision) => {
      const history = change(get().history, (draft) => replaceDocument(draft, theirs), { label, at: now() });
      set({ ...travelTo(get(), history), saved: history.document, revision: theirRevision, conflicted: false });
    },
    adopt: (theirs, theirRevision) => {
      set({ ...travelTo(get(), startHistory(theirs)), saved: theirs, revision: theirRevision, conflicted: false });
    },
    closeInnermost: () => {
      const { layer, problemsOpen, panelOpen, selection, select } = get();
      if (layer !== undefined) set({ layer: undefined });
      else if (problemsOpen) set({ problemsOpen: false });
      else if (panelOpen && selection.nodes.length === 1) set({ panelOpen: false, focusMode: false });
      else select({});
    },
    undo: () => !isWatching(get()) && set(travelTo(get(), undo(get().history))),
    redo: () => !isWatching(get()) && set(travelTo(get(), redo(get().history))),
    select: ({ nodes = [], connections = [], notes = [] }) =>
      set({
        selection: { nodes, connections, notes },
        fresh: stillFresh(get().fresh, nodes),
        ...lookAfter(get(), nodes),
      }),
    openStep: (nodeId, field) =>
      set({
        selection: { nodes: [nodeId], connections: [], notes: [] },
        fresh: stillFresh(get().fresh, [nodeId]),
        ...lookAfter(get(), [nodeId]),
        panelOpen: true,
        focusField: field,
      }),
    openFresh: (nodeId) => {
      get().openStep(nodeId);
      set({ fresh: new Set([nodeId]) });
    },
    // Whoever is about to publish wants to know everything.
    set: (part) => set(part.layer === 'publish' ? { ...part, fresh: noneFresh } : part),
  }));
}

/** Somebody else edits: this tab shows what is saved and changes nothing. */
export const isWatching = ({ editing }: EditorState): boolean => editing?.mine === false;

const noneFresh: ReadonlySet<string> = new Set();

/** Another step has data of its own: it is looked at from its first item. */
const lookAfter = ({ selection, sampleIndex, looked }: EditorState, nodes: readonly string[]) =>
  nodes.at(-1) === selection.nodes.at(-1) ? { sampleIndex, looked } : { sampleIndex: 0, looked: {} };

/** A step that was left has been looked at. */
function stillFresh(fresh: ReadonlySet<string>, selected: readonly string[]): ReadonlySet<string> {
  return fresh.size === 0 || [...fresh].every((id) => selected.includes(id)) ? fresh : noneFresh;
}

/** Steps that are gone after undo or redo cannot stay selected. */
function travelTo(state: EditorState, history: History<WorkflowDocument>): Partial<EditorState> {
  const ids = new Set(history.document.nodes.map((node) => node.id));
  const nodes = state.selection.nodes.filter((id) => ids.has(id));
  return { history, selection: { nodes, connections: [], notes: [] } };
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
