import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Projects } from '../projects/projects.service.js';
import type { SessionAnswer } from './auth.schemas.js';
import { Authenticator } from './authenticator.service.js';
import type { Caller } from './caller.types.js';
import { OwnerSetup } from './owner-setup.service.js';
import { SignIn } from './sign-in.service.js';

/** What a page needs to know about who is looking at it. */
@Injectable()
export class SessionView {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly signIns: SignIn,
    private readonly projects: Projects,
    private readonly setup: OwnerSetup,
  ) {}

  /** A credential that is not valid (any more) is the same as none here. */
  async of(headers: IncomingHttpHeaders): Promise<SessionAnswer> {
    const caller = await this.authenticator.identify(headers).catch(unlessUnexpected);
    return caller ? this.signedIn(caller) : this.signedOut();
  }

  private async signedIn(caller: Caller): Promise<SessionAnswer> {
    const [user, project] = await Promise.all([
      this.signIns.findById(caller.userId),
      this.projects.getById(caller.projectId),
    ]);
    const shown = user && { id: user.id, email: user.email, name: user.name };
    return { user: shown, project, permissions: [...caller.permissions], setupNeeded: false };
  }

  private async signedOut(): Promise<SessionAnswer> {
    return { user: null, project: null, permissions: [], setupNeeded: await this.setup.isNeeded() };
  }
}

function unlessUnexpected(error: unknown): undefined {
  const code = (error as { code?: unknown }).code;
  if (code !== 'auth.required' && code !== 'project.notFound') throw error;
}
