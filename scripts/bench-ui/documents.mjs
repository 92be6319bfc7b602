const at = (index, rows) => [Math.floor(index / rows) * 280, (index % rows) * 96];

/** Steps in lines from left to right, 25 beside each other. */
export function manySteps(count, rows = 25) {
  const nodes = Array.from({ length: count }, (_, index) => ({
    id: `n${index}`,
    name: `Step ${index}`,
    type: index === 0 ? 'core.manual' : 'core.set',
    position: at(index, rows),
    parameters: index === 0 ? {} : { fields: { n: index } },
  }));
  const connections = nodes.slice(1).map((node, index) => ({
    from: { node: index + 1 < rows ? 'n0' : `n${index + 1 - rows}` },
    to: { node: node.id },
  }));
  return { wfaib: 1, name: `${count} steps`, nodes, connections };
}

/** A step that gives so many items of so many fields. */
export function manyItems(count, fields) {
  const code = `return Array.from({ length: ${count} }, (_, n) => Object.fromEntries(
    Array.from({ length: ${fields} }, (_, f) => ['field' + f, f === 0 ? n : 'value ' + f + ' of item ' + n])));`;
  return {
    wfaib: 1,
    name: `${count} items`,
    nodes: [
      { id: 'start', name: 'Start', type: 'core.manual', position: [0, 0] },
      { id: 'many', name: 'Many', type: 'core.code', position: [280, 0], parameters: { code } },
    ],
    connections: [{ from: { node: 'start' }, to: { node: 'many' } }],
  };
}
