import { describe, expect, it } from 'vitest';
import { describeForTests } from '../interpreter/graph.test-support.js';
import { inputPortsOf, maxInputPorts, outputPortsOf } from './ports.js';

const merge = describeForTests('core.merge')!;
const choice = describeForTests('core.switch')!;
const plain = describeForTests('core.noop')!;

describe('input ports', () => {
  it('are those of the descriptor', () => {
    expect(inputPortsOf({ parameters: {} }, plain)).toEqual(['main']);
  });

  it('are as many as the parameter says, else the default', () => {
    expect(inputPortsOf({ parameters: { inputs: 3 } }, merge)).toEqual(['in1', 'in2', 'in3']);
    for (const inputs of [undefined, 0, 1.5, '={{ 4 }}', null]) {
      expect(inputPortsOf({ parameters: { inputs } }, merge)).toEqual(['in1', 'in2']);
    }
    expect(inputPortsOf({ parameters: { inputs: 1e9 } }, merge)).toHaveLength(maxInputPorts);
  });
});

describe('output ports', () => {
  it('are named by the rules and the fallback, each once', () => {
    const parameters = { rules: [{ port: 'a' }, { port: 'b' }, { port: 'a' }, {}, null, 7], fallback: 'rest' };
    expect(outputPortsOf({ parameters }, choice)).toEqual(['a', 'b', 'rest']);
    expect(outputPortsOf({ parameters: { rules: 'no list', fallback: null } }, choice)).toEqual([]);
  });

  it('include error only where the node sends its failures there', () => {
    expect(outputPortsOf({ parameters: {}, onError: 'errorOutput' }, plain)).toEqual(['main', 'error']);
    expect(outputPortsOf({ parameters: {}, onError: 'continue' }, plain)).toEqual(['main']);
  });
});
