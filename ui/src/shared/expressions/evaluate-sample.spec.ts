import { expect, it } from 'vitest';
import { evaluateSample } from './evaluate-sample.js';
import { previewOf } from './preview-text.js';
import { noSample } from './sample-context.js';

const item = (json: Record<string, number | string | null>) => ({ json, source: [] });
const sample = {
  ...noSample,
  items: [item({ total: 2 }), item({ total: 5 })],
  itemIndex: 1,
  nodes: { Orders: { isExecuted: true, items: [item({ id: 'o1' }), item({ id: 'o2' })] } },
};
const preview = (template: string, of = sample) => previewOf(template, evaluateSample(template, of), of);

it('shows the value for the chosen item', () => {
  expect(preview('={{ $json.total * 2 }}')).toEqual({ kind: 'value', text: '10' });
  expect(preview(`=Order {{ $('Orders').item.json.id }}`)).toEqual({ kind: 'value', text: 'Order o2' });
  expect(preview('={{ $input.all().length }}')).toEqual({ kind: 'value', text: '2' });
});

it('tells nothing, empty and error apart', () => {
  expect(preview('={{ $json.missing }}').kind).toBe('undefined');
  expect(preview('={{ [] }}')).toEqual({ kind: 'empty', text: '[]' });
  expect(preview('={{ $json.total.nope() }}').kind).toBe('error');
  expect(preview('={{ 1 + }}').kind).toBe('error');
});

it('says that there is no data rather than calling it an error', () => {
  expect(preview('=Hello {{ $json.name }}', { ...sample, items: [] }).kind).toBe('noData');
  expect(preview('={{ 1 + }}', { ...sample, items: [] }).kind).toBe('error');
  expect(preview('={{ 1 + 1 }}', { ...sample, items: [] })).toEqual({ kind: 'value', text: '2' });
});
