import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../config/config.service.js';
import { completeSetup, signIn, type CompleteSetup, type SessionAnswer, type SignInBody } from './auth.schemas.js';
import { checkOrigin } from './origin-check.js';
import { OwnerSetup } from './owner-setup.service.js';
import { Public } from './public.decorator.js';
import { expiredCookie, readSessionCookie, sessionCookie } from './session-cookie.js';
import { SessionView } from './session-view.service.js';
import { Sessions } from './sessions.service.js';
import { SignIn } from './sign-in.service.js';

/** Owner set-up, sign-in and sign-out. Public, because it is what one does before being anybody. */
@ApiTags('session')
@Controller('api')
@Public()
export class SessionController {
  constructor(
    private readonly settings: Settings,
    private readonly setup: OwnerSetup,
    private readonly signIns: SignIn,
    private readonly sessions: Sessions,
    private readonly view: SessionView,
  ) {}

  @Get('session')
  show(@Req() request: FastifyRequest): Promise<SessionAnswer> {
    return this.view.of(request.headers);
  }

  @Post('setup')
  async completeSetup(
    @Body({ schema: completeSetup }) body: CompleteSetup,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    this.refuseOtherSites(request);
    const { token, ...owner } = body;
    const user = await this.setup.complete(token, owner);
    return this.openSession(user.id, reply);
  }

  @Post('session')
  @HttpCode(200)
  async signIn(
    @Body({ schema: signIn }) body: SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    this.refuseOtherSites(request);
    const user = await this.signIns.check(body.email, body.password, request.ip);
    return this.openSession(user.id, reply);
  }

  @Delete('session')
  @HttpCode(204)
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    this.refuseOtherSites(request);
    const secret = readSessionCookie(this.settings, request.headers.cookie);
    if (secret !== undefined) await this.sessions.close(secret);
    void reply.header('set-cookie', expiredCookie(this.settings));
  }

  // A new secret at each sign-in: a cookie planted before it is worth nothing.
  private async openSession(userId: string, reply: FastifyReply): Promise<SessionAnswer> {
    const cookie = sessionCookie(this.settings, await this.sessions.open(userId));
    void reply.header('set-cookie', cookie);
    return this.view.of({ cookie });
  }

  private refuseOtherSites(request: FastifyRequest): void {
    checkOrigin(request.method, request.headers, this.settings.publicUrl);
  }
}
