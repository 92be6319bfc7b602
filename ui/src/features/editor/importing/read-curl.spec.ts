import { expect, it } from 'vitest';
import { readCurl } from './read-curl.js';

it('reads method, address, headers and a JSON body, and leaves secrets out', () => {
  const text = `curl -X PUT 'https://api.example.test/orders/7' \\
    -H 'Authorization: Bearer abc' -H "X-Team: blue" \\
    --data '{"qty": 2}'`;
  expect(readCurl(text)).toEqual({
    parameters: {
      url: 'https://api.example.test/orders/7',
      method: 'PUT',
      body: { qty: 2 },
      headers: { 'X-Team': 'blue' },
    },
    secrets: ['Authorization'],
  });
});

it('sends data as a form by POST, or in the address with -G', () => {
  expect(readCurl('curl https://x.test -d a=1 -d b=2')?.parameters).toEqual({
    url: 'https://x.test',
    method: 'POST',
    bodyType: 'form',
    body: { a: '1', b: '2' },
  });
  expect(readCurl('curl -G https://x.test -d a=1')?.parameters).toEqual({ url: 'https://x.test?a=1' });
});

it('leaves other text alone', () => {
  expect(readCurl('curly hair')).toBeUndefined();
  expect(readCurl('{"a":1}')).toBeUndefined();
});
