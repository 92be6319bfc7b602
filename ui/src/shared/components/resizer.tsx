import { useState } from 'react';

interface ResizerProps {
  label: string;
  /** `vertical`: a bar between left and right. */
  orientation: 'vertical' | 'horizontal';
  value: number;
  min: number;
  max: number;
  onChange(value: number): void;
}

/** The bar between two panes; the pane after it grows when it is moved towards the one before. */
export function Resizer({ label, orientation, value, min, max, onChange }: ResizerProps) {
  const [dragging, setDragging] = useState(false);
  const clamp = (next: number) => Math.round(Math.min(max, Math.max(min, next)));
  const start = (event: React.PointerEvent<HTMLDivElement>) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragging(true);
  };
  const drag = (event: React.PointerEvent<HTMLDivElement>) => {
    if (!dragging) return;
    onChange(clamp(value - (orientation === 'vertical' ? event.movementX : event.movementY)));
  };
  const byKey = (event: React.KeyboardEvent) => {
    const grow = orientation === 'vertical' ? 'ArrowLeft' : 'ArrowUp';
    const shrink = orientation === 'vertical' ? 'ArrowRight' : 'ArrowDown';
    if (event.key !== grow && event.key !== shrink) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(clamp(value + (event.key === grow ? 24 : -24)));
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={start}
      onPointerMove={drag}
      onPointerUp={() => setDragging(false)}
      onKeyDown={byKey}
      className={`relative z-10 shrink-0 touch-none transition-colors duration-120 ${orientation === 'vertical' ? 'w-px cursor-col-resize before:absolute before:inset-y-0 before:-inset-x-1' : 'h-px cursor-row-resize before:absolute before:inset-x-0 before:-inset-y-1'} ${dragging ? 'bg-accent' : 'bg-line hover:bg-line-strong'}`}
    />
  );
}
