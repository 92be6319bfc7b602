import { Module } from '@nestjs/common';
import { FileStore } from './file-store.service.js';
import { RunQueries } from './run-queries.service.js';
import { RunWatch } from './run-watch.service.js';
import { RunsController } from './runs.controller.js';
import { RunsRepository } from './runs.repository.js';
import { StepData } from './step-data.service.js';

/** The record of what ran, for lists and pages. */
@Module({
  controllers: [RunsController],
  providers: [RunsRepository, RunQueries, RunWatch, StepData, FileStore],
  exports: [RunQueries, RunWatch, FileStore],
})
export class RunsModule {}
