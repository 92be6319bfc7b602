import type { Connection, WorkflowNode } from '@wfaib/sdk/workflow-document';

/** Sends what comes back to a loop from its own body to `next`: n8n has one input for both, here there are two. */
export function returnToLoops(steps: readonly WorkflowNode[], connections: readonly Connection[]): void {
  for (const { id, type } of steps) {
    if (type !== 'core.loop') continue;
    const body = bodyOf(id, connections);
    for (const { from, to } of connections) if (to.node === id && body.has(from.node)) to.port = 'next';
  }
}

/** The steps that the way out `loop` leads to, up to the loop itself; the loop is one of them where it leads straight back. */
function bodyOf(loop: string, connections: readonly Connection[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [loop];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const { from, to } of connections) {
      if (from.node !== at || (at === loop && from.port !== 'loop')) continue;
      if (to.node === loop) {
        if (at === loop) found.add(loop);
      } else if (!found.has(to.node)) {
        found.add(to.node);
        open.push(to.node);
      }
    }
  }
  return found;
}
