import type { Field } from '@wfaib/sdk/fields';
import type { NodeDescriptor, Port } from '@wfaib/sdk/node-descriptor';
import { serverText } from './server-texts.js';

/** A core step in the language of this page. What a connector says of its own steps stays as it is. */
export function toldDescriptor(descriptor: NodeDescriptor): NodeDescriptor {
  if (descriptor.connector) return descriptor;
  return {
    ...inWords(descriptor, ['label', 'description', 'summary']),
    inputs: descriptor.inputs.map(toldPort),
    outputs: descriptor.outputs.map(toldPort),
    ...(descriptor.credentials && { credentials: descriptor.credentials.map((slot) => inWords(slot, ['label'])) }),
    fields: toldFields(descriptor.fields),
  };
}

/** A port is shown by its name where it has no label. */
function toldPort(port: Port): Port {
  const { name, label = name } = port;
  const told = serverText(label);
  return told === name ? port : { name, label: told };
}

function toldFields(fields: Record<string, Field>): Record<string, Field> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, toldField(field)]));
}

function toldField(field: Field): Field {
  const told = inWords(field, ['label', 'help', 'placeholder']);
  if (told.kind === 'select' || told.kind === 'multiselect')
    return { ...told, choices: told.choices.map((choice) => inWords(choice, ['label', 'help'])) };
  if (told.kind === 'list') return { ...inWords(told, ['itemLabel']), of: toldFields(told.of) };
  if (told.kind === 'group') return { ...told, of: toldFields(told.of) };
  return told;
}

/** The same thing with these texts of it translated. */
function inWords<Thing extends object>(thing: Thing, names: readonly (keyof Thing)[]): Thing {
  const told = { ...thing };
  for (const name of names) {
    const text = thing[name];
    if (typeof text === 'string') told[name] = serverText(text) as Thing[keyof Thing];
  }
  return told;
}
