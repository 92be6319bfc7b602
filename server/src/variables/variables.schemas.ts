import { z } from 'zod';

/** Longest value, in characters of JSON. */
const maxChars = 100_000;

/** Names that expressions refuse to look up. */
const unusable = ['constructor', 'prototype'];

const name = z
  .string()
  .max(100)
  .regex(/^[A-Za-z]\w*$/, 'must begin with a letter and hold letters, digits and _ only, as in apiUrl')
  .refine((text) => !unusable.includes(text), 'cannot be read in an expression; take another name');
// PostgreSQL has no zero character, and keeps the value as text.
const value = z.json().refine((json) => JSON.stringify(json).length <= maxChars, 'must be 100,000 characters at most');

export const variableId = z.uuid().meta({ title: 'variable' });

/** Body of `POST /api/variables`. */
export const createVariable = z.strictObject({ name, value }).meta({ id: 'CreateVariable' });
export type CreateVariable = z.infer<typeof createVariable>;

/** Body of `PUT /api/variables/:id`; what is left out stays as it is. */
export const changeVariable = z
  .strictObject({ name: name.optional(), value: value.optional() })
  .meta({ id: 'ChangeVariable' });
export type ChangeVariable = z.infer<typeof changeVariable>;
