import { useEffect, useMemo } from 'react';
import { ApiError, get } from '../../../api/client.js';
import type { Workflow } from '../../../api/types.js';
import { normaliseDocument } from '../../../shared/documents/normalise-document.js';
import { notify, notifyError } from '../../../shared/components/toasts.js';
import { t } from '../../../shared/i18n/i18n.js';
import { leaveEditing, tellEditing } from '../api/editing.js';
import type { Editing, EditingWish } from '../api/editing.js';
import type { Autosave } from '../autosave.js';
import { useEditorStore } from '../editor-store.js';
import type { EditorStore } from '../editor-store.js';
import { editingTab } from './editing-tab.js';

/** How often the tab that edits shows that it is there, and how often one that looks on asks for news, in milliseconds. */
const holdMs = 5_000;
const watchMs = 2_000;

/** Keeps the turn to edit while this tab is open, and follows the one who edits where it is somebody else's. */
export function useEditing(autosave: Autosave): (want: EditingWish) => Promise<void> {
  const store = useEditorStore();
  const turn = useMemo(() => new EditingTurn(store, autosave), [store, autosave]);
  useEffect(() => turn.start(), [turn]);
  return turn.ask;
}

class EditingTurn {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isActive = true;
  private isOver = false;

  constructor(
    private readonly store: EditorStore,
    private readonly autosave: Autosave,
  ) {}

  start(): () => void {
    this.isOver = false;
    const { workflowId } = this.store.getState();
    const touched = () => void (this.isActive = true);
    const shown = () => document.visibilityState === 'visible' && void this.tell('hold');
    const leave = () => void leaveEditing(workflowId, editingTab).catch(() => undefined);
    const stops = [
      listen(window, 'pointerdown', touched),
      listen(window, 'keydown', touched),
      listen(window, 'pagehide', leave),
      listen(document, 'visibilitychange', shown),
      listen(window, 'focus', shown),
    ];
    this.autosave.turnLost = () => void this.tell('hold');
    void this.tell('hold');
    return () => {
      this.isOver = true;
      clearTimeout(this.timer);
      for (const stop of stops) stop();
      leave();
    };
  }

  /** What the person asks for. */
  readonly ask = async (want: EditingWish): Promise<void> => {
    try {
      if (want === 'give') await this.autosave.flush();
      await this.tell(want);
    } catch (error) {
      notifyError(error);
    }
  };

  private async tell(want: EditingWish): Promise<void> {
    clearTimeout(this.timer);
    const active = this.isActive;
    this.isActive = false;
    let isRefused = false;
    try {
      const answer = await tellEditing(this.store.getState().workflowId, { tab: editingTab, active, want });
      if (!this.isOver) await this.hear(answer);
    } catch (error) {
      // Without an answer everything stays as it is: people go on working while the server is away.
      isRefused = error instanceof ApiError && (error.status === 403 || error.status === 404);
      if (want !== 'hold') throw error;
    } finally {
      if (!this.isOver && !isRefused) this.later();
    }
  }

  private later(): void {
    clearTimeout(this.timer);
    const { editing } = this.store.getState();
    this.timer = setTimeout(() => void this.tell('hold'), editing?.mine === false ? watchMs : holdMs);
  }

  private async hear(answer: Editing): Promise<void> {
    const before = this.store.getState().editing;
    // Nothing is typed any more while what was typed is put aside.
    if (!answer.mine) this.store.getState().set({ editing: answer });
    if (!answer.mine && before?.mine !== false) await this.autosave.setAside();
    if (answer.revision > this.store.getState().revision) await this.catchUp(answer.mine && before?.mine !== false);
    if (before?.asked?.you === true && answer.asked === null && !answer.mine && !answer.mayTake)
      notify(t('editing.kept', { name: answer.holder.name ?? t('editing.somebody') }));
    this.store.getState().set({ editing: answer });
    if (answer.mine && before?.mine === false) this.autosave.lookForCopies();
  }

  /** Shows what somebody saved. What is not saved here stays: the save meets the conflict, and people decide. */
  private async catchUp(isEditing: boolean): Promise<void> {
    if (this.autosave.isBehind()) return;
    const { workflowId } = this.store.getState();
    const { draft, revision } = await get<Workflow>(`/api/workflows/${workflowId}`);
    if (this.autosave.isBehind() || this.isOver) return;
    const { adopt, take } = this.store.getState();
    if (isEditing) take(t('editing.fromElsewhere'), normaliseDocument(draft), revision);
    else adopt(normaliseDocument(draft), revision);
  }
}

function listen(target: EventTarget, name: string, heard: () => void): () => void {
  target.addEventListener(name, heard, true);
  return () => target.removeEventListener(name, heard, true);
}
