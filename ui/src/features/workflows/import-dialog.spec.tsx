import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { ImportDialog } from './import-dialog.js';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** The dialog before a server that takes whatever it is sent. */
function open() {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', (_address: unknown, init?: RequestInit) => {
    sent.push(JSON.parse(String(init?.body)));
    return Promise.resolve(Response.json({ id: 'w1' }));
  });
  const imported = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ImportDialog open onClose={() => {}} onImported={imported} />
    </QueryClientProvider>,
  );
  return { sent, imported };
}

const give = (text: string) => {
  fireEvent.change(screen.getByRole('textbox'), { target: { value: text } });
  fireEvent.click(screen.getByRole('button', { name: 'Import' }));
};

it('takes a workflow of n8n over, after it has said what is left to do', async () => {
  const { sent, imported } = open();
  const ask = {
    name: 'Ask',
    type: 'n8n-nodes-base.httpRequest',
    parameters: { authentication: 'genericCredentialType' },
  };
  give(JSON.stringify({ name: 'Orders', nodes: [ask], connections: {} }));
  await expect.poll(() => screen.queryByText('Ask: choose a credential')).toBeTruthy();
  expect(sent).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Import' }));
  await expect.poll(() => imported.mock.calls).toEqual([['w1']]);
  expect(sent).toMatchObject([{ wfaib: 1, name: 'Orders', nodes: [{ name: 'Ask', type: 'http.request' }] }]);
});

it('takes a document of WFAIB at once, and says what is wrong with other JSON', async () => {
  const { sent, imported } = open();
  give('{"some":"thing"}');
  await expect.poll(() => screen.queryByRole('alert')?.textContent).toContain('This is no WFAIB document');
  give('{"wfaib":1,"name":"Mine","nodes":[]}');
  await expect.poll(() => imported.mock.calls).toEqual([['w1']]);
  expect(sent).toMatchObject([{ name: 'Mine' }]);
});
