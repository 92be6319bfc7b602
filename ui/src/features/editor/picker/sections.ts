import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';

interface Section {
  title: string;
  steps: NodeDescriptor[];
}

interface Situation {
  hasTrigger: boolean;
  /** The step follows nothing, so it may be a trigger. */
  startsFresh: boolean;
  /** Types used lately, newest first. */
  recent: readonly string[];
}

const titles: [NodeDescriptor['category'], string][] = [
  ['service', 'Services'],
  ['flow', 'Flow'],
  ['people', 'People'],
  ['data', 'Data'],
  ['code', 'Code'],
];

/** Triggers come first while there is none, and only where nothing comes before; then what was used lately. */
export function sectionsOf(
  descriptors: readonly NodeDescriptor[],
  { hasTrigger, startsFresh, recent }: Situation,
): Section[] {
  const triggers = descriptors.filter((descriptor) => descriptor.isTrigger);
  const others = descriptors.filter((descriptor) => !descriptor.isTrigger);
  const lately = recent
    .map((type) => others.find((descriptor) => descriptor.type === type))
    .filter((descriptor) => descriptor !== undefined);
  const sections = [
    { title: 'Used lately', steps: hasTrigger ? lately : [] },
    ...titles.map(([category, title]) => ({
      title,
      steps: others.filter((descriptor) => descriptor.category === category),
    })),
  ];
  const triggerSection = { title: 'Triggers', steps: startsFresh ? triggers : [] };
  const ordered = hasTrigger ? [...sections, triggerSection] : [triggerSection, ...sections];
  return ordered.filter((section) => section.steps.length > 0);
}
