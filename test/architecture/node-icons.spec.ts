import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { coreNodes } from '../../server/src/nodes/core-nodes.js';

const drawn = readFileSync(new URL('../../ui/src/shared/components/node-icon.tsx', import.meta.url), 'utf8');
const asDrawn = (icon: string) =>
  icon.replace(/(^|-)([a-z0-9])/g, (_all, _dash, letter: string) => letter.toUpperCase());

it('draws the icon of every core step, rather than the box of those that have none', () => {
  const icons = [...coreNodes.values()].map(({ descriptor }) => descriptor.icon);
  expect(icons.length).toBeGreaterThan(25);
  expect(icons.filter((icon) => !new RegExp(`\\b${asDrawn(icon)},`).test(drawn))).toEqual([]);
});
