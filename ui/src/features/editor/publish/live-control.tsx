import { LivePill } from '../../../shared/components/live-pill.js';
import { Switch } from '../../../shared/components/switch.js';
import type { Publishing } from './use-publishing.js';
import { t } from '../../../shared/i18n/i18n.js';

/** Which version is live, and the switch that says whether its triggers fire. */
export function LiveControl({ publishing }: { publishing: Publishing }) {
  const { live, newest, busy } = publishing;
  return (
    <span
      title={
        newest === null
          ? t('editor.live.publishFirst')
          : live === null
            ? t('editor.live.goWith', { version: newest })
            : t('editor.live.on')
      }
      className="mr-1 flex h-7 items-center gap-2 rounded-full border border-line pr-1 pl-3"
    >
      <LivePill live={live} />
      <Switch
        label={live === null ? t('editor.live.go') : t('editor.live.with', { version: live })}
        checked={live !== null}
        disabled={busy || newest === null}
        onChange={(on) =>
          void (on ? publishing.publish(newest === null ? {} : { version: newest }) : publishing.unpublish())
        }
      />
    </span>
  );
}
