import { expect, it } from 'vitest';
import { typedTemplate } from './typed-template.js';

it('takes a template with or without the leading = that documents write', () => {
  expect(typedTemplate('={{ $json.n * 2 }}')).toBe('={{ $json.n * 2 }}');
  expect(typedTemplate('{{ $json.n * 2 }}')).toBe('={{ $json.n * 2 }}');
  expect(typedTemplate('Hello {{ $json.name }}')).toBe('=Hello {{ $json.name }}');
  expect(typedTemplate('=Refund {{ $json.n }} EUR?')).toBe('=Refund {{ $json.n }} EUR?');
});

it('leaves a text alone whose own first sign was = before', () => {
  expect(typedTemplate('=SUM({{ $json.n }}, 1)', '==SUM({{ $json.n }})')).toBe('==SUM({{ $json.n }}, 1)');
  expect(typedTemplate('=SUM({{', '==SUM({')).toBe('=SUM({{');
});
