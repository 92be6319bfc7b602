import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { ProjectsModule } from '../projects/projects.module.js';
import { AccessGuard } from './access.guard.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeys } from './api-keys.service.js';
import { Authenticator } from './authenticator.service.js';
import { OwnerAccounts } from './owner-accounts.service.js';
import { OwnerSetup } from './owner-setup.service.js';
import { RouteAudit } from './route-audit.service.js';
import { SessionView } from './session-view.service.js';
import { SessionController } from './session.controller.js';
import { Sessions } from './sessions.service.js';
import { SetupTokens } from './setup-tokens.repository.js';
import { SignInLimiter } from './sign-in-limiter.service.js';
import { SignIn } from './sign-in.service.js';
import { UserDirectory } from './user-directory.service.js';
import { UsersRepository } from './users.repository.js';

/** Who may do what: one guard over all routes, sessions and API keys. */
@Module({
  imports: [DiscoveryModule, ProjectsModule],
  controllers: [SessionController, ApiKeysController],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    ApiKeys,
    Authenticator,
    OwnerAccounts,
    OwnerSetup,
    RouteAudit,
    SessionView,
    Sessions,
    SetupTokens,
    SignIn,
    SignInLimiter,
    UserDirectory,
    UsersRepository,
  ],
  exports: [Authenticator, OwnerSetup, RouteAudit, UserDirectory],
})
export class AuthModule {}
