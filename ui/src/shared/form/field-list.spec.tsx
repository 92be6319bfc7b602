import type { Field } from '@wfaib/sdk/fields';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { expressionDragType } from '../expressions/drag-expression.js';
import { FieldList } from './field-list.js';
import { FormEnvironmentProvider } from './form-environment.js';
import { withValue } from './with-value.js';

afterEach(cleanup);

function renderForm(
  fields: Record<string, Field>,
  start: Record<string, unknown> = {},
  problems: Record<string, string> = {},
) {
  let current = start;
  function Form() {
    const [values, setValues] = useState(start);
    current = values;
    return (
      <FormEnvironmentProvider
        value={{
          expressions: true,
          problemAt: (path) => (problems[path] ? { message: problems[path], isMistake: true } : undefined),
        }}
      >
        <FieldList
          fields={fields}
          values={values}
          path="parameters"
          onChange={(name, value) => setValues((before) => withValue(before, name, value))}
        />
      </FormEnvironmentProvider>
    );
  }
  render(<Form />);
  return () => current;
}

const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

it('saves what was typed, and leaves an emptied field out', () => {
  const values = renderForm({ url: { kind: 'text', label: 'URL' } });
  type('URL', 'https://x');
  expect(values()).toEqual({ url: 'https://x' });
  type('URL', '');
  expect(values()).toEqual({});
});

it('shows names and values that were written as one expression as that, until they are wanted one by one', async () => {
  const values = renderForm({ fields: { kind: 'keyvalue', label: 'Fields' } }, { fields: '={{ $json }}' });
  await expect.poll(() => screen.queryByLabelText('Fields, expression')).toBeTruthy();
  expect(screen.queryByText('Add field')).toBeNull();
  expect(values()).toEqual({ fields: '={{ $json }}' });
  fireEvent.click(screen.getByRole('button', { pressed: true }));
  expect(values()).toEqual({});
  expect(screen.getByText('Add field')).toBeTruthy();
});

it('tells an empty number from zero', () => {
  const values = renderForm({ n: { kind: 'number', label: 'Count', default: 3 } });
  type('Count', '0');
  expect(values()).toEqual({ n: 0 });
  type('Count', '1e3');
  expect(values()).toEqual({ n: 1000 });
  type('Count', '');
  expect(values()).toEqual({});
});

it('turns text with an opening brace pair into an expression', () => {
  const values = renderForm({ url: { kind: 'text', label: 'URL' } });
  type('URL', 'https://x/{{');
  expect(values()).toEqual({ url: '=https://x/{{' });
});

it('shows a field only while it counts', () => {
  renderForm({
    method: {
      kind: 'select',
      label: 'Method',
      default: 'GET',
      choices: ['GET', 'POST', 'PUT', 'DELETE'].map((value) => ({ value, label: value })),
    },
    body: { kind: 'text', label: 'Body', showWhen: { method: ['POST'] } },
  });
  expect(screen.queryByLabelText('Body')).toBeNull();
  type('Method', 'POST');
  expect(screen.getByLabelText('Body')).toBeTruthy();
});

it('keeps showing a stored choice that is not in the list', () => {
  renderForm(
    { method: { kind: 'select', label: 'Method', choices: [{ value: 'GET', label: 'GET' }] } },
    { method: 'BREW' },
  );
  expect(screen.getByText('BREW (not in the list)')).toBeTruthy();
});

it('ties a problem to its field', () => {
  renderForm({ url: { kind: 'text', label: 'URL', help: 'Where to' } }, {}, { 'parameters.url': 'URL is missing.' });
  const input = screen.getByLabelText('URL');
  expect(input.getAttribute('aria-invalid')).toBe('true');
  const description = document.getElementById(input.getAttribute('aria-describedby') ?? '');
  expect(description?.textContent).toBe('URL is missing.');
});

it('adds, fills and removes rows of names and values', () => {
  const values = renderForm({ headers: { kind: 'keyvalue', label: 'Headers' } });
  fireEvent.click(screen.getByText('Add header'));
  type('Headers, name 1', 'X-Id');
  type('Headers, value of X-Id', '7');
  expect(values()).toEqual({ headers: { 'X-Id': '7' } });
  fireEvent.click(screen.getByLabelText('Remove X-Id'));
  expect(values()).toEqual({});
});

/** Drops an expression as dragging a value of the data does. */
function drop(label: string, expression: string) {
  const dataTransfer = {
    types: [expressionDragType],
    getData: (kind: string) => kind === expressionDragType && expression,
  };
  fireEvent.drop(screen.getByLabelText(label), { dataTransfer });
}

it('gives data that is dropped into a row without a name its own name', () => {
  const values = renderForm({ fields: { kind: 'keyvalue', label: 'Fields' } }, { fields: { taken: 1 } });
  fireEvent.click(screen.getByText('Add field'));
  drop('Fields, value of 2', '$("Get it").item.json.customer["first name"]');
  expect(values()).toEqual({
    fields: { taken: 1, 'first name': '={{ $("Get it").item.json.customer["first name"] }}' },
  });
});

it('keeps a value without a name under a free one, says so, and shows it when the row is left', () => {
  const values = renderForm({ fields: { kind: 'keyvalue', label: 'Fields' } }, { fields: { field: 1 } });
  fireEvent.click(screen.getByText('Add field'));
  expect(values()).toEqual({ fields: { field: 1 } });
  type('Fields, value of 2', 'Ana');
  expect(values()).toEqual({ fields: { field: 1, field2: 'Ana' } });
  expect(screen.getByRole('status').textContent).toBe('Kept as “field2” until it has a name of its own.');
  fireEvent.blur(screen.getByLabelText('Fields, value of 2'), {
    relatedTarget: screen.getByLabelText('Fields, name 2'),
  });
  expect(screen.getByLabelText<HTMLInputElement>('Fields, name 2').value).toBe('');
  fireEvent.blur(screen.getByLabelText('Fields, name 2'));
  expect(screen.getByLabelText<HTMLInputElement>('Fields, name 2').value).toBe('field2');
  expect(screen.queryByRole('status')).toBeNull();
  type('Fields, name 2', 'first');
  expect(values()).toEqual({ fields: { field: 1, first: 'Ana' } });
});

it('keeps both of two rows with the same name, and the other row as it was', () => {
  const values = renderForm({ fields: { kind: 'keyvalue', label: 'Fields' } }, { fields: { a: 1, b: 2 } });
  type('Fields, name 1', 'b');
  expect(values()).toEqual({ fields: { b2: 1, b: 2 } });
  expect(screen.getByLabelText('Fields, name 1').getAttribute('aria-invalid')).toBe('true');
  type('Fields, name 1', 'bc');
  expect(values()).toEqual({ fields: { bc: 1, b: 2 } });
  type('Fields, name 1', '');
  expect(values()).toEqual({ fields: { field: 1, b: 2 } });
  drop('Fields, value of 1', '$json.b');
  expect(values()).toEqual({ fields: { b2: '=1 {{ $json.b }}', b: 2 } });
  expect(screen.getByLabelText<HTMLInputElement>('Fields, name 1').value).toBe('b2');
});

it('leaves out a row that holds nothing', () => {
  const values = renderForm({ fields: { kind: 'keyvalue', label: 'Fields' } });
  fireEvent.click(screen.getByText('Add field'));
  type('Fields, name 1', 'a');
  type('Fields, name 1', '');
  expect(values()).toEqual({});
});

it('shows as an example what is to be typed, without the = that documents write', () => {
  renderForm({ title: { kind: 'text', label: 'Question', placeholder: '=Refund {{ $json.amount }} EUR?' } });
  expect(screen.getByLabelText('Question').getAttribute('placeholder')).toBe('Refund {{ $json.amount }} EUR?');
});

it('makes a text an expression that is pasted as documents write it', () => {
  const values = renderForm({ title: { kind: 'text', label: 'Question' } });
  type('Question', '=Refund {{ $json.amount }} EUR?');
  expect(values()).toEqual({ title: '=Refund {{ $json.amount }} EUR?' });
});

it('says of a second = that it becomes part of the value, and drops it only when asked: a text may begin with one', () => {
  const values = renderForm({ sum: { kind: 'text', label: 'Sum' } }, { sum: '==SUM(A1:A3)' });
  expect(values()).toEqual({ sum: '==SUM(A1:A3)' });
  screen.getByText('The “=” in front becomes part of the value.');
  fireEvent.click(screen.getByText('Leave it out'));
  expect(values()).toEqual({ sum: '=SUM(A1:A3)' });
  expect(screen.queryByText('Leave it out')).toBeNull();
});

it('adds, moves and removes entries of a list', () => {
  const values = renderForm(
    { rules: { kind: 'list', label: 'Rules', itemLabel: 'Rule', of: { port: { kind: 'text', label: 'Port' } } } },
    {
      rules: [{ port: 'a' }, { port: 'b' }],
    },
  );
  fireEvent.click(screen.getByLabelText('Move Rule 2 up'));
  expect(values()).toEqual({ rules: [{ port: 'b' }, { port: 'a' }] });
  fireEvent.click(screen.getByLabelText('Remove Rule 1'));
  expect(values()).toEqual({ rules: [{ port: 'a' }] });
  fireEvent.click(screen.getByText('Add rule'));
  expect(values()).toEqual({ rules: [{ port: 'a' }, {}] });
});

it('hides the right side of a condition that needs none', () => {
  const values = renderForm(
    { c: { kind: 'conditions', label: 'Conditions' } },
    { c: [{ left: 'x', op: 'eq', right: '1' }] },
  );
  expect(screen.getByLabelText('Right side')).toBeTruthy();
  type('Comparison', 'exists');
  expect(screen.queryByLabelText('Right side')).toBeNull();
  expect(values()).toMatchObject({ c: [{ op: 'exists' }] });
});

it('shows a comparison that is not known as it is', () => {
  const values = renderForm(
    { c: { kind: 'conditions', label: 'Conditions' } },
    { c: [{ left: 'x', op: 'resembles', right: '1' }] },
  );
  const comparison = screen.getByLabelText<HTMLSelectElement>('Comparison');
  expect(comparison.selectedOptions[0]?.textContent).toBe('“resembles” (unknown)');
  expect(comparison.getAttribute('aria-invalid')).toBe('true');
  type('Comparison', 'ne');
  expect(values()).toMatchObject({ c: [{ op: 'ne' }] });
});

it('switches a boolean and gives the default back', () => {
  const values = renderForm({ raw: { kind: 'boolean', label: 'Raw', default: false } });
  fireEvent.click(screen.getByRole('switch', { name: 'Raw' }));
  expect(values()).toEqual({ raw: true });
  fireEvent.click(screen.getByLabelText('Back to the default of Raw'));
  expect(values()).toEqual({});
});
