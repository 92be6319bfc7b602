import { Copy } from 'lucide-react';
import { Button } from '../../shared/components/button.js';
import { copyText } from '../../shared/hooks/copy-text.js';
import { t } from '../../shared/i18n/i18n.js';

/** The secret of a notification, while it can be copied. */
export function SecretOnce({ secret, onDone }: { secret: string; onDone(): void }) {
  return (
    <div role="status" className="mb-4 rounded-card border border-accent/50 bg-accent-soft p-3">
      <p className="mb-1.5 text-13">{t('notifications.secretOnce')}</p>
      <div className="flex items-center gap-2">
        <code className="min-w-0 flex-1 truncate rounded-md bg-surface px-2 py-1 font-mono text-12 select-all">
          {secret}
        </code>
        <Button dense icon={<Copy size={13} />} onClick={() => void copyText(secret)}>
          {t('common.copy')}
        </Button>
        <Button dense onClick={onDone}>
          {t('common.done')}
        </Button>
      </div>
    </div>
  );
}
