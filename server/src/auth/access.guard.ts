import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../config/config.service.js';
import { AccessDenied, AuthenticationRequired } from './auth.errors.js';
import { Authenticator } from './authenticator.service.js';
import type { RequestWithCaller } from './caller.decorator.js';
import { fromTemporalPagesKey } from './from-temporal-pages.decorator.js';
import { checkOrigin } from './origin-check.js';
import { accessOf } from './route-access.js';
import { allowTemporalPages } from './temporal-pages.js';

/** The one guard: nobody gets in unless the route says who. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly settings: Settings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const permission = accessOf(context.getHandler(), context.getClass());
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest & RequestWithCaller>();
    const isForTemporal = Reflect.getMetadata(fromTemporalPagesKey, context.getHandler()) === true;
    if (isForTemporal) allowTemporalPages(this.settings, request.headers.origin, http.getResponse<FastifyReply>());
    // Public routes are not slowed down by a look-up: who wants to know the caller there asks for it.
    if (permission === 'public') return true;
    const caller = await this.authenticator.identify(request.headers);
    if (!caller) throw new AuthenticationRequired();
    if (caller.via === 'session') this.#checkOrigin(request, isForTemporal);
    if (permission === undefined || !caller.permissions.has(permission)) throw new AccessDenied(permission ?? 'this');
    request.caller = caller;
    return true;
  }

  #checkOrigin({ method, headers }: FastifyRequest, isForTemporal: boolean): void {
    checkOrigin(method, headers, this.settings.publicUrl, isForTemporal ? this.settings.temporalUiUrl : undefined);
  }
}
