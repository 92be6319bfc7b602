import { expect, it } from 'vitest';
import { aCatalog, aNode } from '../../testing/documents.js';
import { inputPorts, outputPorts, portChoices, portLabel } from './ports.js';

const names = (ports: { name: string }[]) => ports.map((port) => port.name);

it('names the outputs of a switch after its rules and its fallback', () => {
  const node = aNode('s', {
    parameters: { rules: [{ port: 'big' }, { port: 'small' }, {}, { port: 'big' }], fallback: 'other' },
  });
  expect(names(outputPorts(node, aCatalog.find('core.switch')))).toEqual(['big', 'small', 'other']);
});

it('counts the inputs of a merge, and keeps the default for nonsense', () => {
  expect(names(inputPorts(aNode('m', { parameters: { inputs: 3 } }), aCatalog.find('core.merge')))).toEqual([
    'in1',
    'in2',
    'in3',
  ]);
  expect(names(inputPorts(aNode('m', { parameters: { inputs: '={{ 4 }}' } }), aCatalog.find('core.merge')))).toEqual([
    'in1',
    'in2',
  ]);
});

it('adds an error output to a step that asks for one', () => {
  expect(names(outputPorts(aNode('a', { onError: 'errorOutput' }), aCatalog.find('core.set')))).toEqual([
    'main',
    'error',
  ]);
});

it('calls a port by its label: both ways out of a step with an error output, a port that is gone by its name', () => {
  const ports = outputPorts(aNode('a', { onError: 'errorOutput' }), aCatalog.find('core.set'));
  expect(['main', 'error', 'gone'].map((name) => portLabel(ports, name))).toEqual(['on success', 'on error', 'gone']);
});

it('lets one choose among ports in the order of the canvas, those that are gone last', () => {
  const ports = outputPorts(aNode('i'), aCatalog.find('core.if'));
  expect(portChoices(ports, ['gone', 'false', 'true']).map(({ value }) => value)).toEqual(['true', 'false', 'gone']);
});
