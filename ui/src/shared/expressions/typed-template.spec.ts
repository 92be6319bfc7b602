import { expect, it } from 'vitest';
import { typedTemplate } from './typed-template.js';

it('takes a template with or without the leading = that documents write', () => {
  expect(typedTemplate('={{ $json.n * 2 }}')).toBe('={{ $json.n * 2 }}');
  expect(typedTemplate('{{ $json.n * 2 }}')).toBe('={{ $json.n * 2 }}');
  expect(typedTemplate('Hello {{ $json.name }}')).toBe('=Hello {{ $json.name }}');
  expect(typedTemplate('= is the sign, {{ $json.n }} the number')).toBe('== is the sign, {{ $json.n }} the number');
});
