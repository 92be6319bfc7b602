/** Everything a caller can be allowed to do. */
export const permissions = [
  'workflow:read',
  'workflow:edit',
  'workflow:run',
  'run:read',
  'run:control',
  'credential:read',
  'credential:edit',
  'connector:read',
  'settings:read',
  'settings:edit',
] as const;

export type Permission = (typeof permissions)[number];
