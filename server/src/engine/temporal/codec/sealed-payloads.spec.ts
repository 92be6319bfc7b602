import { defaultPayloadConverter } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { KeyRing, newKeyText } from '../../../encryption/key-ring.js';
import { SealedPayloads } from './sealed-payloads.js';

const [first, second] = [newKeyText(), newKeyText()];
const codecOf = (keys: string) => new SealedPayloads(new KeyRing(keys, 'temporal'));
const payload = defaultPayloadConverter.toPayload({ runId: 'r1' })!;
const valueOf = (opened: typeof payload) => defaultPayloadConverter.fromPayload(opened);

describe('what travels through Temporal', () => {
  it('is sealed, looks different each time, and opens as it was', async () => {
    const codec = codecOf(first);
    const [one, other] = await codec.encode([payload, payload]);
    expect(Buffer.from(one!.data!).equals(Buffer.from(other!.data!))).toBe(false);
    expect(Buffer.from(one!.data!).toString('latin1')).not.toContain('r1');
    const opened = await codec.decode([one!, other!]);
    expect(opened.map((each) => valueOf(each as typeof payload))).toEqual([{ runId: 'r1' }, { runId: 'r1' }]);
  });

  it('opens after the key was changed, as long as the old key is kept', async () => {
    const sealed = await codecOf(first).encode([payload]);
    const [opened] = await codecOf(`${second},${first}`).decode(sealed);
    expect(valueOf(opened as typeof payload)).toEqual({ runId: 'r1' });
    await expect(codecOf(second).decode(sealed)).rejects.toThrow(/sealed with the key [0-9a-f]{12}.*not in WFAIB_ENC/);
  });

  it('passes as it is when others wrote it, or an earlier version did', async () => {
    expect(await codecOf(first).decode([payload])).toEqual([payload]);
  });

  it('does not open when a byte of it was changed', async () => {
    const [sealed] = await codecOf(first).encode([payload]);
    sealed!.data![sealed!.data!.length - 1]! ^= 1;
    await expect(codecOf(first).decode([sealed!])).rejects.toMatchObject({ code: 'codec.unreadable' });
  });
});
