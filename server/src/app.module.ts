import { Module, type DynamicModule } from '@nestjs/common';
import { ApprovalsModule } from './approvals/approvals.module.js';
import { AuthModule } from './auth/auth.module.js';
import { ClockModule } from './clock/clock.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Settings } from './config/config.service.js';
import { ConnectorsModule } from './connectors/connectors.module.js';
import { CredentialsModule } from './credentials/credentials.module.js';
import { DataModule } from './data/data.module.js';
import { DatabaseModule } from './database/database.module.js';
import { EgressModule } from './egress/egress.module.js';
import { EncryptionModule } from './encryption/encryption.module.js';
import { EngineModule } from './engine/engine.module.js';
import { EventsModule } from './events/events.module.js';
import { HealthModule } from './health/health.module.js';
import { HttpModule } from './http/http.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { LifecycleModule } from './lifecycle/lifecycle.module.js';
import { LiveModule } from './live/live.module.js';
import type { Log } from './logging/logger.service.js';
import { LoggingModule } from './logging/logging.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { ProjectsModule } from './projects/projects.module.js';
import { RunsModule } from './runs/runs.module.js';
import { SandboxModule } from './sandbox/sandbox.module.js';
import { TriggersModule } from './triggers/triggers.module.js';
import { VariablesModule } from './variables/variables.module.js';
import { WorkflowsModule } from './workflows/workflows.module.js';

/** The only file that lists every room, lower rooms first. */
@Module({})
export class AppModule {
  static with(settings: Settings, log: Log): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(settings),
        LoggingModule.with(log),
        ClockModule,
        LifecycleModule,
        HttpModule,
        DatabaseModule,
        EventsModule,
        DataModule,
        ProjectsModule,
        SandboxModule,
        EgressModule,
        EncryptionModule,
        AuthModule,
        JobsModule,
        ConnectorsModule,
        CredentialsModule,
        VariablesModule,
        WorkflowsModule,
        RunsModule,
        EngineModule,
        TriggersModule,
        ApprovalsModule,
        NotificationsModule,
        LiveModule,
        HealthModule,
      ],
    };
  }
}
