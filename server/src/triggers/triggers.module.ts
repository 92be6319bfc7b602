import { Module } from '@nestjs/common';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { EngineModule } from '../engine/engine.module.js';
import { RunsModule } from '../runs/runs.module.js';
import { WorkflowsModule } from '../workflows/workflows.module.js';
import { Activation } from './activation.service.js';
import { PublishingController } from './publishing.controller.js';
import { ResumeHttp } from './resume-http.service.js';
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

/** Turns outside happenings into runs: webhooks, their test calls, and calls that end a wait. */
@Module({
  imports: [WorkflowsModule, RunsModule, EngineModule, CredentialsModule],
  controllers: [PublishingController],
  providers: [
    Activation,
    LiveDocuments,
    ResumeHttp,
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
