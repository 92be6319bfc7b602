import { ApiError, messageOf } from '../../api/client.js';
import { saveDraft } from './api/save-draft.js';
import { dropCopy, keepCopy } from './draft-copy.js';
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

  constructor(
    private readonly store: EditorStore,
    private readonly tell: (state: SaveState) => void,
    private readonly save = saveDraft,
  ) {}

  /** Watches the document; answers how to stop. */
  start(): () => void {
    const stop = this.store.subscribe((state, before) => {
      if (state.history.document === before.history.document) return;
      this.documentChanged();
    });
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

  private documentChanged(): void {
    const { workflowId, history, revision, conflicted } = this.store.getState();
    if (!this.isChanged()) {
      dropCopy(workflowId);
      if (!this.running && !conflicted) this.tell({ kind: 'saved' });
      return;
    }
    keepCopy(workflowId, { document: history.document, revision, at: Date.now() });
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
        dropCopy(workflowId);
        this.tell({ kind: 'saved', at: Date.now() });
      }
    } catch (error) {
      this.failed(error);
      throw error;
    }
  }

  private failed(error: unknown): void {
    const status = error instanceof ApiError ? error.status : 0;
    if (status === 409 || status === 412) {
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
