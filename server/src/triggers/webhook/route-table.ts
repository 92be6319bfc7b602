import { isParameter, segmentsOf } from './path-pattern.js';

/** What a table needs to know of a route; the rest of it is the owner's. */
export interface Routed {
  /** `GET`, `POST`, … or `ANY`. */
  method: string;
  /** Pattern, `:name` stands for one segment. */
  path: string;
}

export type RouteMatch<R> =
  | { kind: 'found'; route: R; params: Record<string, string> }
  /** The path is known, with other methods. */
  | { kind: 'otherMethod'; allow: string[] }
  | { kind: 'none' };

interface Leaf<R> {
  route: R;
  names: string[];
}

class Branch<R> {
  readonly fixed = new Map<string, Branch<R>>();
  any: Branch<R> | undefined;
  readonly leaves = new Map<string, Leaf<R>>();
}

/** Finds the route of a call. A fixed segment wins over a parameter, an exact method over `ANY`. Built once, then read. */
export class RouteTable<R extends Routed> {
  private readonly root = new Branch<R>();

  constructor(routes: readonly R[]) {
    for (const route of routes) this.add(route);
  }

  /** The method `''` finds nothing, and so tells which methods a path takes. */
  match(method: string, segments: readonly string[]): RouteMatch<R> {
    const allow = new Set<string>();
    const found = this.search(this.root, method, segments, 0, [], allow);
    if (found !== undefined) return found;
    return allow.size > 0 ? { kind: 'otherMethod', allow: allowHeader(allow) } : { kind: 'none' };
  }

  private add(route: R): void {
    let branch = this.root;
    const names: string[] = [];
    for (const segment of segmentsOf(route.path)) {
      if (isParameter(segment)) {
        names.push(segment.slice(1));
        branch = branch.any ??= new Branch<R>();
      } else {
        branch = childOf(branch, segment);
      }
    }
    branch.leaves.set(route.method, { route, names });
  }

  private search(
    branch: Branch<R>,
    method: string,
    segments: readonly string[],
    depth: number,
    values: string[],
    allow: Set<string>,
  ): Extract<RouteMatch<R>, { kind: 'found' }> | undefined {
    const segment = segments[depth];
    if (segment === undefined) return leafOf(branch, method, values, allow);
    const fixed = branch.fixed.get(segment);
    const found = fixed && this.search(fixed, method, segments, depth + 1, values, allow);
    if (found !== undefined || branch.any === undefined) return found;
    return this.search(branch.any, method, segments, depth + 1, [...values, segment], allow);
  }
}

function childOf<R>(branch: Branch<R>, segment: string): Branch<R> {
  const known = branch.fixed.get(segment);
  if (known !== undefined) return known;
  const created = new Branch<R>();
  branch.fixed.set(segment, created);
  return created;
}

function leafOf<R>(
  branch: Branch<R>,
  method: string,
  values: string[],
  allow: Set<string>,
): Extract<RouteMatch<R>, { kind: 'found' }> | undefined {
  const leaf =
    branch.leaves.get(method) ??
    (method === 'HEAD' ? branch.leaves.get('GET') : undefined) ??
    (method === '' ? undefined : branch.leaves.get('ANY'));
  if (leaf === undefined) {
    for (const known of branch.leaves.keys()) allow.add(known);
    return undefined;
  }
  const params: Record<string, string> = {};
  leaf.names.forEach((name, index) => {
    Object.defineProperty(params, name, { value: values[index], enumerable: true, writable: true, configurable: true });
  });
  return { kind: 'found', route: leaf.route, params };
}

const everyMethod = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

function allowHeader(methods: ReadonlySet<string>): string[] {
  const named = methods.has('ANY') ? everyMethod : [...methods];
  const withHead = named.includes('GET') && !named.includes('HEAD') ? [...named, 'HEAD'] : named;
  return [...withHead, 'OPTIONS'].filter((method, index, all) => all.indexOf(method) === index);
}
