import { Module } from '@nestjs/common';
import { HttpModule } from '../http/http.module.js';
import { HealthController } from './health.controller.js';
import { Health } from './health.service.js';
import { Metrics } from './metrics.service.js';

@Module({ imports: [HttpModule], controllers: [HealthController], providers: [Health, Metrics], exports: [Metrics] })
export class HealthModule {}
