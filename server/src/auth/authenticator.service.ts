import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Settings } from '../config/config.service.js';
import { ProjectNotFound } from '../projects/project.errors.js';
import type { Membership } from '../projects/project.types.js';
import { Projects } from '../projects/projects.service.js';
import { ApiKeys } from './api-keys.service.js';
import { AuthenticationRequired } from './auth.errors.js';
import type { Caller } from './caller.types.js';
import { rolePermissions } from './role-permissions.js';
import { readSessionCookie } from './session-cookie.js';
import { Sessions } from './sessions.service.js';

/** Names the project where a person has several; without it the first one counts. */
export const projectHeader = 'x-wfaib-project';

/** Finds out who sends a request. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly settings: Settings,
    private readonly apiKeys: ApiKeys,
    private readonly sessions: Sessions,
    private readonly projects: Projects,
  ) {}

  /**
   * The caller; undefined when the request carries no credential.
   * @throws {AuthenticationRequired} when it carries one that is not valid.
   * @throws {ProjectNotFound} when it names a project that the caller is not in.
   */
  async identify(headers: IncomingHttpHeaders): Promise<Caller | undefined> {
    const project = headers[projectHeader];
    const wanted = typeof project === 'string' ? project : undefined;
    if (headers.authorization !== undefined) return this.byApiKey(headers.authorization, wanted);
    const secret = readSessionCookie(this.settings, headers.cookie);
    return secret === undefined ? undefined : this.bySession(secret, wanted);
  }

  private async byApiKey(authorization: string, wanted: string | undefined): Promise<Caller> {
    const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    const found = key === undefined ? undefined : await this.apiKeys.findByKey(key);
    if (!found) throw new AuthenticationRequired();
    const memberships = await this.projects.membershipsOf(found.userId);
    const own = memberships.filter(({ projectId }) => projectId === found.projectId);
    return callerIn(own, wanted, 'api-key');
  }

  private async bySession(secret: string, wanted: string | undefined): Promise<Caller | undefined> {
    const userId = await this.sessions.findUserId(secret);
    return userId === undefined ? undefined : callerIn(await this.projects.membershipsOf(userId), wanted, 'session');
  }
}

function callerIn(memberships: Membership[], wanted: string | undefined, via: Caller['via']): Caller {
  const membership = wanted === undefined ? memberships[0] : memberships.find(({ projectId }) => projectId === wanted);
  if (!membership) throw wanted === undefined ? new AuthenticationRequired() : new ProjectNotFound(wanted);
  const { userId, projectId, role } = membership;
  return { userId, projectId, permissions: rolePermissions[role], via };
}
