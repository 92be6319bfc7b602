import { LivePill } from '../../../shared/components/live-pill.js';
import { Switch } from '../../../shared/components/switch.js';
import type { Publishing } from './use-publishing.js';

/** Which version is live, and the switch that says whether its triggers fire. */
export function LiveControl({ publishing }: { publishing: Publishing }) {
  const { live, newest, busy } = publishing;
  return (
    <span
      title={
        newest === null
          ? 'Publish first'
          : live === null
            ? `Go live with version ${newest}`
            : 'Its triggers fire. Switch off to stop them.'
      }
      className="mr-1 flex h-7 items-center gap-2 rounded-full border border-line pr-1 pl-3"
    >
      <LivePill live={live} />
      <Switch
        label={live === null ? 'Go live' : `Live with version ${live}`}
        checked={live !== null}
        disabled={busy || newest === null}
        onChange={(on) => void (on ? publishing.publish(newest ?? undefined) : publishing.unpublish())}
      />
    </span>
  );
}
