import { Module } from '@nestjs/common';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { EngineModule } from '../engine/engine.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { RunsModule } from '../runs/runs.module.js';
import { WorkflowsModule } from '../workflows/workflows.module.js';
import { Activation } from './activation.service.js';
import { PublishingController } from './publishing.controller.js';
import { ResumeHttp } from './resume-http.service.js';
import { FiringIntake } from './schedule/firing-intake.service.js';
import { FiringLauncher } from './schedule/firing-launcher.service.js';
import { FiringsRepository } from './schedule/firings.repository.js';
import { ScheduleArming } from './schedule/schedule-arming.service.js';
import { ScheduleClock } from './schedule/schedule-clock.service.js';
import { ScheduleControl } from './schedule/schedule-control.service.js';
import { ScheduledDocuments } from './schedule/scheduled-documents.service.js';
import { Scheduler } from './schedule/scheduler.service.js';
import { SchedulesController } from './schedule/schedules.controller.js';
import { SchedulesRepository } from './schedule/schedules.repository.js';
import { Schedules } from './schedule/schedules.service.js';
import { LiveDocuments } from './webhook/live-documents.service.js';
import { WebhookDedupeRepository } from './webhook/webhook-dedupe.repository.js';
import { WebhookDedupe } from './webhook/webhook-dedupe.service.js';
import { WebhookDesk } from './webhook/webhook-desk.service.js';
import { WebhookFiles } from './webhook/webhook-files.service.js';
import { WebhookHttp } from './webhook/webhook-http.service.js';
import { WebhookIntake } from './webhook/webhook-intake.service.js';
import { WebhookListenersRepository } from './webhook/webhook-listeners.repository.js';
import { WebhookListening } from './webhook/webhook-listening.service.js';
import { WebhookRoutesRepository } from './webhook/webhook-routes.repository.js';
import { WebhookRoutes } from './webhook/webhook-routes.service.js';
import { WebhookSecrets } from './webhook/webhook-secrets.service.js';

/** Turns outside happenings into runs: schedules, webhooks, their test calls, and calls that end a wait. */
@Module({
  imports: [WorkflowsModule, RunsModule, EngineModule, CredentialsModule, JobsModule],
  controllers: [PublishingController, SchedulesController],
  providers: [
    Activation,
    FiringIntake,
    FiringLauncher,
    FiringsRepository,
    LiveDocuments,
    ResumeHttp,
    ScheduleArming,
    ScheduleClock,
    ScheduleControl,
    ScheduledDocuments,
    Scheduler,
    Schedules,
    SchedulesRepository,
    WebhookDedupe,
    WebhookDedupeRepository,
    WebhookDesk,
    WebhookFiles,
    WebhookHttp,
    WebhookIntake,
    WebhookListenersRepository,
    WebhookListening,
    WebhookRoutes,
    WebhookRoutesRepository,
    WebhookSecrets,
  ],
  exports: [Activation],
})
export class TriggersModule {}
