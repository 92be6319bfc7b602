import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Settings } from '../config/config.service.js';
import { accessKey } from './access.decorator.js';
import { AccessDenied, AuthenticationRequired } from './auth.errors.js';
import { Authenticator } from './authenticator.service.js';
import type { RequestWithCaller } from './caller.decorator.js';
import { checkOrigin } from './origin-check.js';
import type { Permission } from './permissions.types.js';
import { publicKey } from './public.decorator.js';

/** The one guard: nobody gets in unless the route says who. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly settings: Settings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = [context.getHandler(), context.getClass()];
    // Public routes are not slowed down by a look-up: who wants to know the caller there asks for it.
    if (this.reflector.getAllAndOverride<boolean | undefined>(publicKey, route)) return true;
    const permission = this.reflector.getAllAndOverride<Permission | undefined>(accessKey, route);
    const request = context.switchToHttp().getRequest<FastifyRequest & RequestWithCaller>();
    const caller = await this.authenticator.identify(request.headers);
    if (!caller) throw new AuthenticationRequired();
    if (caller.via === 'session') checkOrigin(request.method, request.headers, this.settings.publicUrl);
    if (permission === undefined || !caller.permissions.has(permission)) throw new AccessDenied(permission ?? 'this');
    request.caller = caller;
    return true;
  }
}
