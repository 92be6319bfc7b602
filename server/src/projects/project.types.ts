/** What a person may do in a project; `auth/role-permissions.ts` says it in detail. */
export type ProjectRole = 'owner' | 'editor' | 'runner' | 'viewer';

export interface Project {
  id: string;
  name: string;
}

export interface Membership {
  projectId: string;
  userId: string;
  role: ProjectRole;
}
