type Raw = Record<string, unknown>;

/** `{ [name]: value }` where the address has a text of that name, else `{}`. */
export function text<N extends string>(raw: Raw, name: N): { [K in N]?: string } {
  const value = raw[name];
  // The router reads `true` and `7` as what they look like; a port may be called so.
  if (typeof value === 'number' || typeof value === 'boolean')
    return { [name]: String(value) } as { [K in N]?: string };
  return (typeof value === 'string' && value !== '' ? { [name]: value } : {}) as { [K in N]?: string };
}

/** The filters of the list of workflows. */
export function readWorkflowsSearch(raw: Raw) {
  return { ...text(raw, 'q'), ...text(raw, 'folder'), ...text(raw, 'tag'), ...text(raw, 'live') };
}

/** The filters of the runs list. */
export function readRunsSearch(raw: Raw) {
  return {
    ...text(raw, 'status'),
    ...text(raw, 'workflowId'),
    ...text(raw, 'version'),
    ...text(raw, 'mode'),
    ...text(raw, 'startedBy'),
    ...text(raw, 'from'),
    ...text(raw, 'to'),
    ...text(raw, 'q'),
  };
}

/** What is selected on the page of a run; all of it lives in the address. */
export function readRunPageSearch(raw: Raw) {
  return {
    ...text(raw, 'step'),
    ...text(raw, 'iter'),
    ...text(raw, 'visit'),
    ...text(raw, 'attempt'),
    ...text(raw, 'item'),
    ...text(raw, 'port'),
    ...text(raw, 'side'),
    ...text(raw, 'view'),
    ...text(raw, 'line'),
    ...text(raw, 'at'),
  };
}
