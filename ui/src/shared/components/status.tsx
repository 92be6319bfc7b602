import { Ban, Check, CircleDashed, CirclePause, Hand, Minus, Pause, RotateCw, Square, Undo2, X } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { StepStatus } from '../../api/types.js';

export type StatusName = StepStatus | 'needsYou' | 'doneAfterRetries' | 'idle';

interface StatusLook {
  label: string;
  colour: string;
  icon: LucideIcon | 'dot';
}

/** Every state has its own glyph, so that colour never stands alone. */
export const statusLooks: Record<StatusName, StatusLook> = {
  idle: { label: 'Not run', colour: 'text-faint', icon: CircleDashed },
  pending: { label: 'Queued', colour: 'text-idle', icon: CircleDashed },
  running: { label: 'Running', colour: 'text-accent', icon: 'dot' },
  waiting: { label: 'Waiting', colour: 'text-waiting', icon: Pause },
  paused: { label: 'Paused', colour: 'text-waiting', icon: CirclePause },
  retrying: { label: 'Retrying', colour: 'text-retrying', icon: RotateCw },
  needsYou: { label: 'Needs you', colour: 'text-needs-you', icon: Hand },
  succeeded: { label: 'Done', colour: 'text-ok', icon: Check },
  doneAfterRetries: { label: 'Done after retries', colour: 'text-ok', icon: RotateCw },
  failed: { label: 'Failed', colour: 'text-failed', icon: X },
  cancelled: { label: 'Cancelled', colour: 'text-idle', icon: Square },
  skipped: { label: 'Skipped', colour: 'text-idle', icon: Minus },
  compensated: { label: 'Undone', colour: 'text-idle', icon: Undo2 },
};

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
