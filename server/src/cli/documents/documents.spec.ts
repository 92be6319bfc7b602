import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonicalText, type RawDocument } from './canonical-text.js';
import { diffText } from './diff-text.js';
import { diffDocuments } from './document-diff.js';

const example = JSON.parse(
  readFileSync(new URL('../../../../docs/examples/github-triage.json', import.meta.url), 'utf8'),
) as RawDocument & { nodes: Record<string, unknown>[]; connections: unknown[] };

const copy = () => structuredClone(example);

describe('the text of a document', () => {
  it('says the same as the document, and stays the same when read and written again', () => {
    const text = canonicalText(example);
    expect(JSON.parse(text)).toEqual(example);
    expect(canonicalText(JSON.parse(text) as RawDocument)).toBe(text);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('has fields in the order of the schema, whatever order they came in, and unknown ones last', () => {
    const text = canonicalText({
      extra: 1,
      connections: [{ to: { port: 'main', node: 'b' }, from: { node: 'a', port: 'main' } }],
      nodes: [{ type: 'core.set', parameters: { z: 1, a: [1, 2] }, name: 'B', mine: true, id: 'b', position: [1, 2] }],
      name: 'Test',
      wfaib: 1,
    });
    expect(text).toBe(`{
  "wfaib": 1,
  "name": "Test",
  "nodes": [
    {
      "id": "b",
      "name": "B",
      "type": "core.set",
      "position": [1, 2],
      "parameters": {
        "z": 1,
        "a": [1, 2]
      },
      "mine": true
    }
  ],
  "connections": [
    { "from": { "node": "a", "port": "main" }, "to": { "node": "b", "port": "main" } }
  ],
  "extra": 1
}
`);
  });

  it('changes in one line when one connection is added', () => {
    const changed = copy();
    changed.connections.push({ from: { node: 'score', port: 'main' }, to: { node: 'reply', port: 'main' } });
    const [before, after] = [example, changed].map((each) => new Set(canonicalText(each).split('\n')));
    expect([...after!].filter((line) => !before!.has(line))).toHaveLength(2);
  });
});

describe('the difference of two documents', () => {
  it('is nothing where only the order of fields differs', () => {
    const turned = Object.fromEntries(Object.entries(example).reverse());
    expect(diffDocuments(example, turned)).toEqual([]);
  });

  it('names added, removed and changed nodes and connections with old and new values', () => {
    const changed = copy();
    changed['name'] = 'Triage';
    changed.nodes = changed.nodes.filter(({ id }) => id !== 'rest');
    changed.nodes.push({ id: 'new', name: 'New', type: 'core.noop' });
    const [report, score] = ['report', 'score'].map((id) => changed.nodes.find((node) => node['id'] === id)!);
    report!['retry'] = { maxAttempts: 5 };
    const parameters = score!['parameters'] as Record<string, string>;
    parameters['code'] = parameters['code']!.replace('crash: 5', 'crash: 6');
    changed.connections.splice(3, 1);
    const lines = diffText(diffDocuments(example, changed));
    expect(lines).toEqual([
      '~ document',
      '    name: "GitHub triage" -> "Triage"',
      '- node "Nothing to score" (rest, core.set)',
      '+ node "New" (new, core.noop)',
      '~ node "Score" (score)',
      '    parameters.code:',
      expect.stringMatching(/^ {6}- .*crash: 5/),
      expect.stringMatching(/^ {6}\+ .*crash: 6/),
      '~ node "Report" (report)',
      '    retry: (none) -> {"maxAttempts":5}',
      '- connection Which event.other -> Nothing to score.main',
    ]);
  });

  it('tells a new order of nodes, and takes a port that is left out for main', () => {
    const turned = { ...copy(), nodes: [...example.nodes].reverse() };
    expect(diffDocuments(example, turned).map(({ kind }) => kind)).toEqual(['nodes.reordered']);
    const [before, after] = [
      { from: { node: 'a' }, to: { node: 'b' } },
      { from: { node: 'a', port: 'main' }, to: { node: 'b' } },
    ];
    expect(diffDocuments({ connections: [before] }, { connections: [after] })).toEqual([]);
  });
});
