import { Ban, Check, CircleDashed, CirclePause, Hand, Minus, Pause, RotateCw, Square, Undo2, X } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { StepStatus } from '../../api/types.js';
import { t } from '../i18n/i18n.js';

export type StatusName = StepStatus | 'needsYou' | 'doneAfterRetries' | 'failedWentOn' | 'idle';

interface StatusLook {
  readonly label: string;
  colour: string;
  icon: LucideIcon | 'dot';
}

const looks: Record<StatusName, Omit<StatusLook, 'label'>> = {
  idle: { colour: 'text-faint', icon: CircleDashed },
  pending: { colour: 'text-idle', icon: CircleDashed },
  running: { colour: 'text-accent', icon: 'dot' },
  waiting: { colour: 'text-waiting', icon: Pause },
  paused: { colour: 'text-waiting', icon: CirclePause },
  retrying: { colour: 'text-retrying', icon: RotateCw },
  needsYou: { colour: 'text-needs-you', icon: Hand },
  succeeded: { colour: 'text-ok', icon: Check },
  doneAfterRetries: { colour: 'text-ok', icon: RotateCw },
  failed: { colour: 'text-failed', icon: X },
  failedWentOn: { colour: 'text-failed', icon: X },
  cancelled: { colour: 'text-idle', icon: Square },
  skipped: { colour: 'text-idle', icon: Minus },
  compensated: { colour: 'text-idle', icon: Undo2 },
};

/** Every state has its own glyph, so that colour never stands alone. */
export const statusLooks = Object.fromEntries(
  (Object.keys(looks) as StatusName[]).map((name) => [name, labelled(name)]),
) as Record<StatusName, StatusLook>;

function labelled(name: StatusName): StatusLook {
  return {
    ...looks[name],
    get label() {
      return t(`status.${name}`);
    },
  };
}

export function StatusGlyph({ status, size = 14 }: { status: StatusName; size?: number }) {
  const look = statusLooks[status] ?? { label: status, colour: 'text-idle', icon: Ban };
  if (look.icon === 'dot') {
    return (
      <span
        aria-hidden
        className={`inline-flex items-center justify-center ${look.colour}`}
        style={{ width: size, height: size }}
      >
        <span className="wf-pulse size-2 rounded-full bg-current" />
      </span>
    );
  }
  const Icon = look.icon;
  return <Icon aria-hidden size={size} strokeWidth={2.5} className={`shrink-0 ${look.colour}`} />;
}

export function StatusLabel({ status }: { status: StatusName }) {
  const look = statusLooks[status];
  return (
    <span
      className={`inline-flex items-center gap-1.5 align-middle font-medium whitespace-nowrap ${look?.colour ?? ''}`}
    >
      <StatusGlyph status={status} />
      {look?.label ?? status}
    </span>
  );
}
