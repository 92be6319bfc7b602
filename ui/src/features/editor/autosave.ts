import { ApiError, messageOf } from '../../api/client.js';
import { saveDraft } from './api/save-draft.js';
import { DraftCopies, dropCopy, isLeft } from './draft-copy.js';
import { stable } from './graph/changes-between.js';
import type { FoundCopy } from './draft-copy.js';
import type { EditorStore } from './editor-store.js';

export type SaveState =
  | { kind: 'saved'; at?: number }
  | { kind: 'unsaved' | 'saving' }
  | { kind: 'offline' | 'refused'; message: string }
  /** Someone else saved in the meantime: nothing is written until the person decides. */
  | { kind: 'conflict' };

const pauseMs = 800;
const retryMs = 5_000;

/** Saves the draft a moment after the last change; what is not saved yet is kept in this browser too. */
export class Autosave {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | undefined;
  private readonly copies: DraftCopies;
  /** Called when the server refused a save because another tab edits by now. */
  turnLost: () => void = () => {};

  constructor(
    private readonly store: EditorStore,
    private readonly tell: (state: SaveState) => void,
    private readonly save = saveDraft,
  ) {
    this.copies = new DraftCopies(store.getState().workflowId);
  }

  /** Watches the document; answers how to stop. */
  start(): () => void {
    const stop = this.store.subscribe((state, before) => {
      if (state.history.document !== before.history.document) this.documentChanged();
      if (state.saved !== before.saved) this.offer(state.copies);
    });
    this.lookForCopies();
    const now = () => void this.flush().catch(() => undefined);
    const onHide = () => document.visibilityState === 'hidden' && now();
    document.addEventListener('visibilitychange', onHide);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', onHide);
      clearTimeout(this.timer);
      now();
    };
  }

  /** Saves at once and resolves when the server has the draft. @throws ApiError when it did not take it */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    while (this.running) await this.running.catch(() => undefined);
    if (!this.isChanged() || this.store.getState().conflicted) return;
    this.running = this.write();
    try {
      await this.running;
    } finally {
      this.running = undefined;
    }
  }

  /** Whether something here has not reached the server yet. */
  isBehind(): boolean {
    return this.running !== undefined || this.isChanged();
  }

  /** Offers what was left behind in this browser. */
  lookForCopies(): void {
    this.offer(this.copies.find());
  }

  /** This tab may no longer edit: what is not saved stays in this browser, and the document is the saved one again. */
  async setAside(): Promise<void> {
    clearTimeout(this.timer);
    while (this.running) await this.running.catch(() => undefined);
    if (this.isChanged() && this.copies.setAside()) {
      const { adopt, saved, revision } = this.store.getState();
      adopt(saved, revision);
    }
    this.tell({ kind: 'saved' });
    this.lookForCopies();
  }

  /** A copy that the server has by now is none any more. */
  private offer(found: readonly FoundCopy[]): void {
    const { saved, copies, set } = this.store.getState();
    const left = found.filter(isLeft);
    const offered = left.filter(({ document }) => stable(document) !== stable(saved));
    for (const copy of left) if (!offered.includes(copy)) dropCopy(copy.name);
    if (offered.length + copies.length > 0) set({ copies: offered });
  }

  private documentChanged(): void {
    const { history, revision, conflicted } = this.store.getState();
    if (!this.isChanged()) {
      this.copies.dropOwn();
      if (!this.running && !conflicted) this.tell({ kind: 'saved' });
      return;
    }
    this.copies.keep({ document: history.document, revision, at: Date.now() });
    if (conflicted) return;
    this.tell({ kind: 'unsaved' });
    this.later(pauseMs);
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush().catch(() => undefined), ms);
  }

  private async write(): Promise<void> {
    const { workflowId, history, revision } = this.store.getState();
    const document = history.document;
    this.tell({ kind: 'saving' });
    try {
      const saved = await this.save(workflowId, document, revision);
      this.store.getState().set({ saved: document, revision: saved.revision });
      if (this.isChanged()) this.later(pauseMs);
      else {
        this.copies.dropOwn();
        this.tell({ kind: 'saved', at: Date.now() });
      }
    } catch (error) {
      this.failed(error);
      throw error;
    }
  }

  private failed(error: unknown): void {
    const status = error instanceof ApiError ? error.status : 0;
    if (error instanceof ApiError && error.code === 'workflow.editedElsewhere') {
      this.tell({ kind: 'refused', message: messageOf(error) });
      this.turnLost();
    } else if (status === 409 || status === 412) {
      this.store.getState().set({ conflicted: true, conflictWith: saverOf(error) });
      this.tell({ kind: 'conflict' });
    } else if (status === 0 || status >= 500) {
      this.tell({ kind: 'offline', message: messageOf(error) });
      this.later(retryMs);
    } else this.tell({ kind: 'refused', message: messageOf(error) });
  }

  private isChanged(): boolean {
    const { history, saved } = this.store.getState();
    return history.document !== saved;
  }
}

function saverOf(error: unknown) {
  const { savedBy, savedAt } = (error instanceof ApiError ? error.details : undefined) ?? {};
  return {
    savedBy: typeof savedBy === 'string' ? savedBy : undefined,
    savedAt: typeof savedAt === 'string' ? savedAt : undefined,
  };
}
