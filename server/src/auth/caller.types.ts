import type { Permission } from './permissions.types.js';

/** Who asks, and in which project. Every lookup is scoped to `projectId`. */
export interface Caller {
  readonly userId: string;
  readonly projectId: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly via: 'session' | 'api-key';
}
