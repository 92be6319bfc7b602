import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { EngineModule } from '../engine/engine.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { MailModule } from '../mail/mail.module.js';
import { ApprovalInbox } from './approval-inbox.service.js';
import { ApprovalLinksController } from './approval-links.controller.js';
import { ApprovalLinks } from './approval-links.service.js';
import { ApprovalNotices } from './approval-notices.service.js';
import { ApprovalsController } from './approvals.controller.js';
import { ApprovalsRepository } from './approvals.repository.js';

/** What people are asked to decide: the inbox, the links, the mail. */
@Module({
  imports: [AuthModule, EngineModule, JobsModule, MailModule],
  controllers: [ApprovalsController, ApprovalLinksController],
  providers: [ApprovalInbox, ApprovalLinks, ApprovalNotices, ApprovalsRepository],
  exports: [ApprovalLinks],
})
export class ApprovalsModule {}
