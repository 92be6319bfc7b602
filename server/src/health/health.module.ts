import { Module } from '@nestjs/common';
import { HttpModule } from '../http/http.module.js';
import { HealthController } from './health.controller.js';
import { Health } from './health.service.js';
import { Metrics } from './metrics.service.js';
import { SystemController } from './system.controller.js';
import { SystemFacts } from './system-facts.service.js';
import { SystemReports } from './system-reports.service.js';

@Module({
  imports: [HttpModule],
  controllers: [HealthController, SystemController],
  providers: [Health, Metrics, SystemFacts, SystemReports],
  exports: [Metrics],
})
export class HealthModule {}
