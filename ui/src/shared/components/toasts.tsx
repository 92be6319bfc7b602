import { X } from 'lucide-react';
import { create } from 'zustand';
import { messageOf } from '../../api/client.js';
import { t } from '../i18n/i18n.js';

interface Toast {
  id: number;
  tone: 'info' | 'error';
  text: string;
}

interface ToastStore {
  toasts: Toast[];
  show(tone: Toast['tone'], text: string): void;
  close(id: number): void;
}

let nextId = 1;

const useToasts = create<ToastStore>((set, getState) => ({
  toasts: [],
  show: (tone, text) => {
    const id = nextId++;
    set({ toasts: [...getState().toasts.filter((toast) => toast.text !== text), { id, tone, text }].slice(-4) });
    // An error stays until it is closed: it may hold what the person needs to read.
    if (tone === 'info') setTimeout(() => getState().close(id), 4_000);
  },
  close: (id) => set({ toasts: getState().toasts.filter((toast) => toast.id !== id) }),
}));

export const notify = (text: string) => useToasts.getState().show('info', text);
export const notifyError = (error: unknown) => useToasts.getState().show('error', messageOf(error));

export function Toasts() {
  const { toasts, close } = useToasts();
  return (
    <div aria-live="polite" className="pointer-events-none fixed right-4 bottom-12 z-[60] flex w-80 flex-col gap-2">
      {toasts.map((toast) => (
        <div
          key={toast.id}
          role={toast.tone === 'error' ? 'alert' : 'status'}
          className={`wf-rise pointer-events-auto flex items-start gap-2 rounded-card border-l-[3px] bg-surface py-2.5 pr-2 pl-3 shadow-overlay ${toast.tone === 'error' ? 'border-failed' : 'border-accent'}`}
        >
          <p className="min-w-0 flex-1 text-13 break-words">{toast.text}</p>
          <button
            aria-label={t('toast.close')}
            onClick={() => close(toast.id)}
            className="rounded p-1 text-muted hover:bg-subtle"
          >
            <X size={14} />
          </button>
        </div>
      ))}
    </div>
  );
}
