import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkCaller } from './caller-check.js';
import { webhookSettingsOf } from './webhook-settings.js';

const refused = expect.objectContaining({ code: 'webhook.unauthorized' });
const body = Buffer.from('{"a":1}');
const ruleOf = (parameters: Record<string, unknown>) => webhookSettingsOf(parameters).auth;

describe('checkCaller', () => {
  it('lets everyone in where nothing is asked for', () => {
    expect(checkCaller(ruleOf({}), {}, {}, body)).toBeUndefined();
  });

  it('checks user name and password, and names the scheme to who has none', () => {
    const secret = { username: 'ann', password: 'pässword:1' };
    const authorization = `Basic ${Buffer.from('ann:pässword:1').toString('base64')}`;
    expect(checkCaller(ruleOf({ auth: 'basic' }), secret, { authorization }, body)).toBe('authorization');
    for (const wrong of [
      undefined,
      'Basic',
      'Basic !!!',
      `Bearer x`,
      `Basic ${Buffer.from('ann:').toString('base64')}`,
    ]) {
      const headers = wrong === undefined ? {} : { authorization: wrong };
      expect(() => checkCaller(ruleOf({ auth: 'basic' }), secret, headers, body)).toThrow(
        expect.objectContaining({ challenge: expect.stringContaining('Basic') as string }),
      );
    }
  });

  it('checks a secret header, and never takes an empty secret', () => {
    const rule = ruleOf({ auth: 'header' });
    expect(checkCaller(rule, { name: 'X-Key', value: 's' }, { 'x-key': 's' }, body)).toBe('x-key');
    expect(() => checkCaller(rule, { name: 'X-Key', value: 's' }, { 'x-key': 'S' }, body)).toThrow(refused);
    expect(() => checkCaller(rule, { name: 'X-Key', value: '' }, { 'x-key': '' }, body)).toThrow(refused);
    expect(() => checkCaller(rule, {}, {}, body)).toThrow(refused);
  });

  it('checks a signature over the raw bytes the way GitHub makes it, with or without the prefix being named', () => {
    const signature = `sha256=${createHmac('sha256', 'key').update(body).digest('hex')}`;
    const headers = { 'x-hub-signature-256': signature };
    for (const prefix of ['', 'sha256=']) {
      expect(checkCaller(ruleOf({ auth: 'hmac', prefix }), { secret: 'key' }, headers, body)).toBe(
        'x-hub-signature-256',
      );
    }
    const rule = ruleOf({ auth: 'hmac' });
    expect(() => checkCaller(rule, { secret: 'key' }, headers, Buffer.from('{"a": 1}'))).toThrow(refused);
    expect(() => checkCaller(rule, { secret: 'other' }, headers, body)).toThrow(refused);
    expect(() => checkCaller(rule, { secret: '' }, headers, body)).toThrow(refused);
    expect(() => checkCaller(rule, { secret: 'key' }, {}, body)).toThrow(refused);
  });

  it('checks signatures of other algorithms, encodings and headers', () => {
    const signature = createHmac('sha512', 'key').update(body).digest('base64');
    const rule = ruleOf({ auth: 'hmac', algorithm: 'sha512', encoding: 'base64', header: 'X-Sign', prefix: 'v1=' });
    expect(checkCaller(rule, { secret: 'key' }, { 'x-sign': `v1=${signature}` }, body)).toBe('x-sign');
    expect(() => checkCaller(rule, { secret: 'key' }, { 'x-sign': signature }, body)).toThrow(refused);
  });
});

describe('webhookSettingsOf', () => {
  it('fills in the defaults, the status by the way of answering', () => {
    expect(webhookSettingsOf({})).toMatchObject({
      method: 'POST',
      respond: 'immediately',
      status: 202,
      replyTimeoutMs: 60_000,
    });
    expect(webhookSettingsOf({ respond: 'lastNode' })).toMatchObject({ status: 200, respondData: 'firstItem' });
    expect(webhookSettingsOf({ respond: 'lastNode', status: '201', replyTimeout: '2s' })).toMatchObject({
      status: 201,
      replyTimeoutMs: 2_000,
    });
  });

  it('takes values of no use for the default', () => {
    const settings = webhookSettingsOf({ respond: 5, status: 99, replyTimeout: 'soon', auth: {}, method: null });
    expect(settings).toMatchObject({
      respond: 'immediately',
      status: 202,
      replyTimeoutMs: 60_000,
      auth: { kind: 'none' },
    });
  });
});
