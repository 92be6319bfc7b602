import { Module } from '@nestjs/common';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { EgressModule } from '../egress/egress.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { WorkflowsModule } from '../workflows/workflows.module.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { NotificationCourier } from './notification-courier.service.js';
import { NotificationsController } from './notifications.controller.js';
import { NotificationsRepository } from './notifications.repository.js';
import { Notifications } from './notifications.service.js';

/** Tells addresses outside what happens to runs. */
@Module({
  imports: [CredentialsModule, EgressModule, JobsModule, WorkflowsModule],
  controllers: [NotificationsController],
  providers: [NotificationsRepository, DeliveriesRepository, NotificationCourier, Notifications],
})
export class NotificationsModule {}
