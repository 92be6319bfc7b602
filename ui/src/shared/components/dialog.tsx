import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../i18n/i18n.js';

interface DialogProps {
  open: boolean;
  onClose(): void;
  title: string;
  description?: ReactNode;
  /** Widest it may get, in pixels. @defaultValue 480 */
  width?: number;
  children: ReactNode;
  footer?: ReactNode;
}

/** Takes the focus, gives it back on close, closes with Esc. */
export function Dialog({ open, onClose, title, description, width = 480, children, footer }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/30 transition-opacity duration-120 dark:bg-black/55" />
        <Base.Popup
          className="wf-touch wf-rise fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[calc(100vw-32px)] -translate-x-1/2 flex-col rounded-dialog bg-surface shadow-overlay outline-none"
          style={{ maxWidth: width }}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-16 font-semibold">{title}</Base.Title>
              {description && <Base.Description className="mt-0.5 text-13 text-muted">{description}</Base.Description>}
            </div>
            <Base.Close
              aria-label={t('dialog.close')}
              className="-mr-1.5 inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-subtle hover:text-ink"
            >
              <X size={16} />
            </Base.Close>
          </header>
          <div className="thin-scroll min-h-0 flex-1 overflow-y-auto px-5 pb-4">{children}</div>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
