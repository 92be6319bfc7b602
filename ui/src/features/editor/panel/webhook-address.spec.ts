import { expect, it } from 'vitest';
import { webhookAddress } from './webhook-address.js';

it('is the address as it can be called, with parameters as they are written', () => {
  expect(webhookAddress('https://x', '/orders/:id/')).toBe('https://x/hooks/orders/:id');
  expect(webhookAddress('https://x', ' my check/50% ')).toBe('https://x/hooks/my%20check/50%25');
});
