import { Link } from '@tanstack/react-router';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { Command } from 'cmdk';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { NodeIcon } from '../../../shared/components/node-icon.js';
import { readStored, writeStored } from '../../../shared/hooks/use-stored.js';
import { useConnectorNames } from '../api/use-connector-names.js';
import type { PickerRequest } from '../canvas/canvas-actions.js';
import { stepDragType } from '../canvas/use-picker-drop.js';
import { useEditor } from '../editor-store.js';
import { bestFor, sectionsOf } from './sections.js';
import type { PickerEntry, PickerSection } from './sections.js';
import { t } from '../../../shared/i18n/i18n.js';

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
  const hasTrigger = useEditor((state) =>
    state.history.document.nodes.some((node) => state.catalog.isTrigger(node.type)),
  );
  const box = useRef<HTMLDivElement>(null);
  const [dragging, setDragging] = useState(false);
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<string>();
  const [chosen, setChosen] = useState('');
  const recent = readStored<string[]>(recentName, []);
  const sections = useSections(request, { search, opened, hasTrigger, recent });
  const all = sections.flatMap(({ title, entries }) => entries.map((entry) => ({ key: keyOf(title, entry), entry })));
  const current = all.find(({ key }) => key === chosen) ?? all[0];
  useClickOutside(box, onClose);

  const pick = (descriptor: NodeDescriptor) => {
    writeStored(recentName, [descriptor.type, ...recent.filter((type) => type !== descriptor.type)].slice(0, 4));
    onPick(descriptor);
  };
  const type = (text: string) => {
    setSearch(text);
    setChosen('');
  };
  const open = (id: string | undefined) => {
    setOpened(id);
    type('');
  };
  const onKey = (event: React.KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') onClose();
    if (search !== '') return;
    if (event.key === 'ArrowRight' && current?.entry.kind === 'connector') open(current.entry.id);
    if ((event.key === 'ArrowLeft' || event.key === 'Backspace') && opened !== undefined) open(undefined);
  };
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={t('editor.addStep')}
      className={`wf-rise fixed z-40 overflow-hidden rounded-dialog bg-surface shadow-overlay ${dragging ? 'pointer-events-none opacity-0' : ''}`}
      style={placeOnScreen(request.at)}
      onKeyDown={onKey}
    >
      <Command
        label={t('editor.addStep')}
        loop
        // The list is ranked and cut here: what fits best comes first, whatever section it stands in.
        shouldFilter={false}
        value={current?.key ?? ''}
        onValueChange={setChosen}
        className="flex flex-col"
        style={{ width, maxHeight: height }}
      >
        <Command.Input
          autoFocus
          value={search}
          onValueChange={type}
          placeholder={hasTrigger ? t('editor.picker.search') : t('editor.picker.starts')}
          className="h-11 shrink-0 border-b border-line bg-transparent px-4 text-14 outline-none"
        />
        {opened !== undefined && (
          <button
            type="button"
            tabIndex={-1}
            onClick={() => open(undefined)}
            className="flex h-8 shrink-0 items-center gap-1 border-b border-line px-2.5 text-12 text-muted hover:bg-subtle"
          >
            <ChevronLeft size={14} aria-hidden /> {t('editor.picker.all')}
          </button>
        )}
        <Command.List className="thin-scroll min-h-0 flex-1 overflow-y-auto p-1.5">
          <Command.Empty className="px-3 py-8 text-center text-muted">{t('editor.picker.none')}</Command.Empty>
          {sections.map(({ title, entries }) => (
            <Command.Group
              key={title}
              heading={title}
              className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint"
            >
              {entries.map((entry) => (
                <EntryRow
                  key={keyOf(title, entry)}
                  value={keyOf(title, entry)}
                  entry={entry}
                  isDraggable={request.placement.kind !== 'replace'}
                  onChoose={() => (entry.kind === 'step' ? pick(entry.descriptor) : open(entry.id))}
                  // The list must not lie over the place it is dragged to, and must stay until it is let go.
                  onDrag={() => requestAnimationFrame(() => setDragging(true))}
                  onDragEnd={onClose}
                />
              ))}
            </Command.Group>
          ))}
        </Command.List>
        <footer className="flex h-8 shrink-0 items-center gap-3 border-t border-line px-3.5 text-11 text-faint">
          <span>{t('editor.picker.choose')}</span>
          <span>{t('editor.picker.add')}</span>
          <span>{t('editor.picker.drag')}</span>
          <span className="flex-1" />
          <Link to="/connectors" search={{}} tabIndex={-1} className="text-muted hover:text-ink hover:underline">
            {t('editor.picker.more')}
          </Link>
        </footer>
      </Command>
    </div>
  );
}

interface View {
  search: string;
  opened: string | undefined;
  hasTrigger: boolean;
  recent: readonly string[];
}

/** What is listed: the best matches, the steps of an opened connector, or everything in its sections. */
function useSections(request: PickerRequest, { search, opened, hasTrigger, recent }: View): PickerSection[] {
  const catalog = useEditor((state) => state.catalog);
  const connectorName = useConnectorNames();
  const writtenWords = (type: string) => catalog.writtenWords(type);
  const startsFresh = request.placement.kind === 'at';
  const situation = { hasTrigger, startsFresh, recent, connectorName, writtenWords };
  const steps = catalog
    .all()
    .filter(({ connector }) => opened === undefined || connector?.id === opened)
    .filter(({ category }) => opened === undefined || category === 'service');
  if (search.trim() !== '') return titled(t('editor.picker.best'), bestFor(search, steps, situation));
  if (opened === undefined) return sectionsOf(steps, situation);
  return titled(
    connectorName(opened),
    steps.map((descriptor): PickerEntry => ({ kind: 'step', descriptor })),
  );
}

const titled = (title: string, entries: PickerEntry[]): PickerSection[] =>
  entries.length > 0 ? [{ title, entries }] : [];

interface EntryRowProps {
  value: string;
  entry: PickerEntry;
  isDraggable: boolean;
  onChoose(): void;
  onDrag(): void;
  onDragEnd(): void;
}

function EntryRow({ value, entry, isDraggable, onChoose, onDrag, onDragEnd }: EntryRowProps) {
  const isStep = entry.kind === 'step';
  const { label, icon } = isStep ? entry.descriptor : entry;
  const detail = isStep
    ? [entry.connector, entry.descriptor.description].filter(Boolean).join(' · ')
    : entry.steps.map((step) => step.label).join(', ');
  return (
    <Command.Item
      value={value}
      onSelect={onChoose}
      draggable={isStep && isDraggable}
      onDragStart={(event) => {
        if (!isStep) return;
        event.dataTransfer.setData(stepDragType, entry.descriptor.type);
        onDrag();
      }}
      onDragEnd={onDragEnd}
      className="flex cursor-default items-center gap-2.5 rounded-md px-2.5 py-1.5 data-[selected=true]:bg-subtle"
    >
      <span className="flex size-8 shrink-0 items-center justify-center rounded-md bg-subtle text-muted">
        <NodeIcon icon={icon} size={17} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block leading-[18px] font-medium">{label}</span>
        <span className="block truncate text-12 leading-4 text-muted">{detail}</span>
      </span>
      {!isStep && <ChevronRight size={15} aria-label={t('editor.picker.opens')} className="shrink-0 text-faint" />}
    </Command.Item>
  );
}

/** A step may be listed in two sections. */
const keyOf = (title: string, entry: PickerEntry) =>
  `${title} / ${entry.kind === 'step' ? entry.descriptor.type : entry.id}`;

function useClickOutside(box: React.RefObject<HTMLDivElement | null>, onClose: () => void): void {
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', outside, true);
    return () => document.removeEventListener('pointerdown', outside, true);
  }, [box, onClose]);
}

/** Near the pointer, and never over the edge of the window. */
function placeOnScreen({ x, y }: { x: number; y: number }): { left: number; top: number } {
  const left = Math.max(8, Math.min(x + 12, window.innerWidth - width - 12));
  const top = Math.max(8, Math.min(y - 24, window.innerHeight - height - 12));
  return { left, top };
}
