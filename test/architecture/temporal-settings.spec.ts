import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const { dynamicConfig } = (await import(new URL('../../scripts/launcher/temporal.mjs', import.meta.url).href)) as {
  dynamicConfig: Record<string, string>;
};
const file = readFileSync(new URL('../../docker/stack/dynamicconfig/wfaib.yaml', import.meta.url), 'utf8');
const ofCompose = Object.fromEntries(
  [...file.matchAll(/^([\w.]+):\n +- value: (.+)$/gm)].map(([, key, value]) => [key, value]),
);

it('sets the Temporal of npm start up as that of the compose file', () => {
  expect(ofCompose).toMatchObject(dynamicConfig);
});

it('lets a step follow another without waiting for one of twenty looks a second', () => {
  expect(Number(dynamicConfig['history.transferProcessorMaxPollRPS'])).toBeGreaterThanOrEqual(1_000);
});
