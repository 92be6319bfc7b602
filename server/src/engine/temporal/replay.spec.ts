import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { KeyRing } from '../../encryption/key-ring.js';
import { testEncryptionKey } from '../../encryption/key.test-support.js';
import { ensureBundle } from '../../../../test/support/temporal.js';
import { SealedPayloads } from './codec/sealed-payloads.js';

const folder = fileURLToPath(new URL('../../../../test/histories/', import.meta.url));
const histories = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.gz'));

let codePath: string;
beforeAll(async () => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: {}, filter: { core: 'ERROR', other: 'ERROR' } } },
  });
  codePath = await ensureBundle();
}, 60_000);

const dataConverter = { payloadCodecs: [new SealedPayloads(new KeyRing(testEncryptionKey, 'temporal'))] };
const textOf = (name: string) => gunzipSync(readFileSync(join(folder, name))).toString();
const replay = (text: string) =>
  Worker.runReplayHistory({ workflowBundle: { codePath }, dataConverter }, JSON.parse(text) as unknown, 'run:of-old:1');

describe('the Temporal workflow of today', () => {
  it.each(histories)(
    'goes on with what an earlier one wrote: %s',
    async (name) => {
      await expect(replay(textOf(name))).resolves.toBeUndefined();
    },
    60_000,
  );

  it('does not go on with a history it would not have written', async () => {
    const text = textOf('0.1.0/cancelled.json.gz').replaceAll('executeConnector', 'executeSandbox');
    await expect(replay(text)).rejects.toThrow(/TMPRL1100|determinis/i);
  }, 60_000);
});
