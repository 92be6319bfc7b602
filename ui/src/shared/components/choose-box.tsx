import { Command as Cmdk } from 'cmdk';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { shownKeys } from '../i18n/shown-keys.js';

export interface Choice {
  id: string;
  label: string;
  /** Said more quietly behind the label. */
  detail?: string | undefined;
  keys?: string | undefined;
  /** Further words it is found by. */
  words?: string[];
  icon?: ReactNode;
  danger?: boolean;
  onChoose(): void;
}

export interface ChoiceGroup {
  title: string;
  choices: Choice[];
}

interface ChooseBoxProps {
  label: string;
  placeholder: string;
  empty: string;
  groups: ChoiceGroup[];
  onClose(): void;
  onSearch?(text: string): void;
}

/** One line to type in and a list below it: arrows and Enter choose, Esc leaves and gives the focus back. */
export function ChooseBox({ label, placeholder, empty, groups, onClose, onSearch }: ChooseBoxProps) {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef(document.activeElement);
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', outside, true);
    return () => document.removeEventListener('pointerdown', outside, true);
  }, [onClose]);
  const leave = () => {
    onClose();
    if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
  };
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={label}
      className="wf-rise fixed top-[14vh] left-1/2 z-50 w-[min(560px,calc(100vw-32px))] -translate-x-1/2 overflow-hidden rounded-dialog bg-surface shadow-overlay"
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Escape') return;
        event.preventDefault();
        leave();
      }}
    >
      <Cmdk label={label} loop className="flex max-h-[60vh] flex-col">
        <Cmdk.Input
          autoFocus
          placeholder={placeholder}
          onValueChange={(text) => onSearch?.(text)}
          className="h-11 shrink-0 border-b border-line bg-transparent px-4 text-14 outline-none"
        />
        <Cmdk.List className="thin-scroll min-h-0 flex-1 overflow-y-auto p-1.5">
          <Cmdk.Empty className="px-3 py-8 text-center text-muted">{empty}</Cmdk.Empty>
          {groups
            .filter(({ choices }) => choices.length > 0)
            .map((group) => (
              <Cmdk.Group key={group.title} heading={group.title} className={groupLook}>
                {group.choices.map((choice) => (
                  <Cmdk.Item
                    key={choice.id}
                    value={`${choice.label} ${choice.id}`}
                    keywords={[...(choice.words ?? []), group.title]}
                    onSelect={() => {
                      leave();
                      choice.onChoose();
                    }}
                    className={`flex min-h-8 cursor-default items-center gap-2.5 rounded-md px-2.5 py-1 data-[selected=true]:bg-subtle ${choice.danger ? 'text-failed' : ''}`}
                  >
                    {choice.icon && <span className="text-muted">{choice.icon}</span>}
                    <span className="min-w-0 flex-1 truncate">
                      {choice.label}
                      {choice.detail && <span className="ml-2 text-12 text-muted">{choice.detail}</span>}
                    </span>
                    {choice.keys && <kbd className="font-sans text-11 text-muted">{shownKeys(choice.keys)}</kbd>}
                  </Cmdk.Item>
                ))}
              </Cmdk.Group>
            ))}
        </Cmdk.List>
      </Cmdk>
    </div>
  );
}

const groupLook =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted';
