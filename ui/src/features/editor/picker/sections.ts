import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { aliases } from './aliases.js';
import { rankOf } from './rank.js';
import { t } from '../../../shared/i18n/i18n.js';

/** A step to add, or a connector whose steps are shown when it is opened. */
export type PickerEntry =
  | { kind: 'step'; descriptor: NodeDescriptor; connector?: string }
  | { kind: 'connector'; id: string; label: string; icon: string; steps: NodeDescriptor[] };

export interface PickerSection {
  title: string;
  entries: PickerEntry[];
}

interface Situation {
  hasTrigger: boolean;
  /** The step follows nothing, so it may be a trigger. */
  startsFresh: boolean;
  /** Types used lately, newest first. */
  recent: readonly string[];
  /** What a step is called in the words of the server, beside those of the page. */
  writtenWords(type: string): readonly string[];
  /** What a connector is called. */
  connectorName(id: string): string;
}

/** Steps that wait for a person stand apart. */
const peopleSteps = new Set(['core.approval', 'core.form']);

const categories = ['flow', 'people', 'data', 'code'] as const;

/** Triggers come first while there is none, and only where nothing comes before; then what was used lately. */
export function sectionsOf(descriptors: readonly NodeDescriptor[], situation: Situation): PickerSection[] {
  const { hasTrigger, startsFresh, recent } = situation;
  const triggers = descriptors.filter((descriptor) => descriptor.isTrigger);
  const others = descriptors.filter((descriptor) => !descriptor.isTrigger);
  const lately = recent
    .map((type) => others.find((descriptor) => descriptor.type === type))
    .filter((descriptor) => descriptor !== undefined);
  const own = others.filter(({ type }) => !peopleSteps.has(type));
  const sections: PickerSection[] = [
    { title: t('editor.picker.lately'), entries: hasTrigger ? lately.map(stepEntry(situation)) : [] },
    { title: t('connectors.title'), entries: connectorEntries(others, situation) },
    ...categories.map((category) => ({
      title: t(`editor.category.${category}`),
      entries: own.filter((descriptor) => descriptor.category === category).map(stepEntry(situation)),
    })),
    {
      title: t('editor.category.people'),
      entries: others.filter(({ type }) => peopleSteps.has(type)).map(stepEntry(situation)),
    },
  ];
  const triggerSection = {
    title: t('editor.picker.triggers'),
    entries: startsFresh ? triggers.map(stepEntry(situation)) : [],
  };
  const ordered = hasTrigger ? [...sections, triggerSection] : [triggerSection, ...sections];
  return ordered.filter(({ entries }) => entries.length > 0);
}

/** By how much a trigger is ahead while there is none; a step whose name begins with the words comes first even so. */
const ahead = 0.35;

/** What fits the words, the best first, wherever it stands while nothing is typed. */
export function bestFor(
  search: string,
  descriptors: readonly NodeDescriptor[],
  situation: Situation,
): Extract<PickerEntry, { kind: 'step' }>[] {
  return descriptors
    .filter(({ isTrigger }) => situation.startsFresh || !isTrigger)
    .map((descriptor) => ({ entry: stepEntry(situation)(descriptor), rank: rankOfStep(search, descriptor, situation) }))
    .filter(({ rank }) => rank > 0)
    .map(({ entry, rank }) => ({
      entry,
      rank: rank + (!situation.hasTrigger && entry.descriptor.isTrigger ? ahead : 0),
    }))
    .sort((one, other) => other.rank - one.rank)
    .map(({ entry }) => entry);
}

function rankOfStep(search: string, { type, label, description, connector }: NodeDescriptor, situation: Situation) {
  const name = connector ? situation.connectorName(connector.id) : '';
  return rankOf(search, label, [name, type, aliases[type] ?? '', description, ...situation.writtenWords(type)]);
}

const stepEntry =
  ({ connectorName }: Situation) =>
  (descriptor: NodeDescriptor): Extract<PickerEntry, { kind: 'step' }> => ({
    kind: 'step',
    descriptor,
    ...(descriptor.connector ? { connector: connectorName(descriptor.connector.id) } : {}),
  });

/** One entry a connector; a connector of a single step is that step. */
function connectorEntries(descriptors: readonly NodeDescriptor[], situation: Situation): PickerEntry[] {
  const byId = new Map<string, NodeDescriptor[]>();
  for (const descriptor of descriptors) {
    if (descriptor.category !== 'service') continue;
    const id = descriptor.connector?.id ?? descriptor.type;
    byId.set(id, [...(byId.get(id) ?? []), descriptor]);
  }
  return [...byId].map(([id, steps]): PickerEntry => {
    const [first] = steps;
    if (steps.length === 1 && first) return stepEntry(situation)(first);
    return { kind: 'connector', id, label: situation.connectorName(id), icon: first?.icon ?? '', steps };
  });
}
