import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { Command } from 'cmdk';
import { useEffect, useRef, useState } from 'react';
import { NodeIcon } from '../../../shared/components/node-icon.js';
import { readStored, writeStored } from '../../../shared/hooks/use-stored.js';
import type { PickerRequest } from '../canvas/canvas-actions.js';
import { stepDragType } from '../canvas/use-picker-drop.js';
import { useEditor } from '../editor-store.js';
import { rankOf } from './rank.js';
import { sectionsOf } from './sections.js';

interface PickerProps {
  request: PickerRequest;
  onPick(descriptor: NodeDescriptor): void;
  onClose(): void;
}

const width = 340;
const height = 420;
const recentName = 'recent-steps';

/** Finds a step to add: type to search, arrows and Enter to take one, Esc to leave. */
export function Picker({ request, onPick, onClose }: PickerProps) {
  const catalog = useEditor((state) => state.catalog);
  const hasTrigger = useEditor((state) =>
    state.history.document.nodes.some((node) => state.catalog.isTrigger(node.type)),
  );
  const box = useRef<HTMLDivElement>(null);
  const [dragging, setDragging] = useState(false);
  const recent = readStored<string[]>(recentName, []);
  const sections = sectionsOf(catalog.all(), { hasTrigger, startsFresh: request.placement.kind === 'at', recent });
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', outside, true);
    return () => document.removeEventListener('pointerdown', outside, true);
  }, [onClose]);

  const pick = (descriptor: NodeDescriptor) => {
    writeStored(recentName, [descriptor.type, ...recent.filter((type) => type !== descriptor.type)].slice(0, 4));
    onPick(descriptor);
  };
  return (
    <div
      ref={box}
      role="dialog"
      aria-label="Add a step"
      className={`wf-rise fixed z-40 overflow-hidden rounded-dialog bg-surface shadow-overlay ${dragging ? 'pointer-events-none opacity-0' : ''}`}
      style={placeOnScreen(request.at)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') onClose();
      }}
    >
      <Command
        label="Add a step"
        loop
        filter={(value, search, keywords) => rankOf(search, labelOf(value), keywords)}
        className="flex flex-col"
        style={{ width, maxHeight: height }}
      >
        <Command.Input
          autoFocus
          placeholder={hasTrigger ? 'Search steps' : 'What starts this workflow?'}
          className="h-11 shrink-0 border-b border-line bg-transparent px-4 text-14 outline-none"
        />
        <Command.List className="thin-scroll min-h-0 flex-1 overflow-y-auto p-1.5">
          <Command.Empty className="px-3 py-8 text-center text-muted">No step matches.</Command.Empty>
          {sections.map((section) => (
            <Command.Group
              key={section.title}
              heading={section.title}
              className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint"
            >
              {section.steps.map((descriptor) => (
                <Command.Item
                  key={descriptor.type}
                  value={`${section.title}${labelMark}${descriptor.label}`}
                  keywords={[descriptor.type, descriptor.description]}
                  onSelect={() => pick(descriptor)}
                  draggable={request.placement.kind !== 'replace'}
                  onDragStart={(event) => {
                    event.dataTransfer.setData(stepDragType, descriptor.type);
                    // The list must not lie over the place it is dragged to, and must stay until it is let go.
                    requestAnimationFrame(() => setDragging(true));
                  }}
                  onDragEnd={onClose}
                  className="flex cursor-default items-center gap-2.5 rounded-md px-2.5 py-1.5 data-[selected=true]:bg-subtle"
                >
                  <span className="flex size-8 shrink-0 items-center justify-center rounded-md bg-subtle text-muted">
                    <NodeIcon icon={descriptor.icon} size={17} />
                  </span>
                  <span className="min-w-0 flex-1">
                    <span className="block leading-[18px] font-medium">{descriptor.label}</span>
                    <span className="block truncate text-12 leading-4 text-muted">{descriptor.description}</span>
                  </span>
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
        <footer className="flex h-8 shrink-0 items-center gap-3 border-t border-line px-3.5 text-11 text-faint">
          <span>↑↓ choose</span>
          <span>↵ add</span>
          <span>Esc close</span>
          <span>or drag it into place</span>
        </footer>
      </Command>
    </div>
  );
}

/** Parts section and label: a step may be listed in two sections, and the label is what is searched first. */
const labelMark = ' / ';
const labelOf = (value: string) => value.slice(value.indexOf(labelMark) + labelMark.length);

/** Near the pointer, and never over the edge of the window. */
function placeOnScreen({ x, y }: { x: number; y: number }): { left: number; top: number } {
  const left = Math.max(8, Math.min(x + 12, window.innerWidth - width - 12));
  const top = Math.max(8, Math.min(y - 24, window.innerHeight - height - 12));
  return { left, top };
}
