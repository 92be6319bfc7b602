import type { CoreNode, NodeContext, NodeResult, PartsWork } from './core-node.types.js';
import { passAll } from './lineage.js';

/** For nodes to which a part of the items means what all of them do: they work on each part as if it were all. */
export function eachPart(run: CoreNode['run']): (first: NodeContext) => PartsWork {
  return () => ({ take: run });
}

/** Passes items of these ports on by `to`, port after port. */
export function passParts(reads: NonNullable<PartsWork['reads']>, to = 'main'): PartsWork {
  return { reads, take: (part) => ({ outputs: { [to]: reads.flatMap(({ port }) => passAll(part, port)) } }) };
}

/** For nodes that take all parts in before they answer: small inputs are one part. */
export async function inOnePart(context: NodeContext, work: PartsWork): Promise<NodeResult> {
  const taken = await work.take(context);
  return (await work.end?.()) ?? taken;
}
