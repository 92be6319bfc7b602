import { t } from '../i18n/i18n.js';

/** Says which version answers triggers. */
export function LivePill({ live }: { live: number | null }) {
  if (live === null) {
    return (
      <span className="inline-flex items-center gap-1.5 text-12 font-medium text-muted">
        <span aria-hidden className="size-2 rounded-full border border-line-strong" />
        {t('live.off')}
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-1.5 text-12 font-medium text-ok">
      <span aria-hidden className="size-2 rounded-full bg-ok" />
      {t('live.on', { version: live })}
    </span>
  );
}
