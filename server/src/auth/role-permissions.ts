import type { ProjectRole } from '../projects/project.types.js';
import { permissions, type Permission } from './permissions.types.js';

const reading: Permission[] = ['workflow:read', 'run:read', 'connector:read'];
const running: Permission[] = [...reading, 'workflow:run', 'run:control'];
const editing: Permission[] = [...running, 'workflow:edit', 'credential:read', 'credential:edit', 'settings:read'];

/** What each role may do: the one place that says so. */
export const rolePermissions: Record<ProjectRole, ReadonlySet<Permission>> = {
  owner: new Set(permissions),
  editor: new Set(editing),
  runner: new Set(running),
  viewer: new Set(reading),
};
