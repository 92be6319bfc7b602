import { Module } from '@nestjs/common';
import { DataModule } from '../data/data.module.js';
import { FileStore } from './file-store.service.js';
import { RunPagesController } from './run-pages.controller.js';
import { RunPagesRepository } from './run-pages.repository.js';
import { RunPages } from './run-pages.service.js';
import { RunQueries } from './run-queries.service.js';
import { RunWatch } from './run-watch.service.js';
import { RunsController } from './runs.controller.js';
import { RunsRepository } from './runs.repository.js';
import { StepOutput } from './step-output.service.js';
import { StepData } from './step-data.service.js';

/** The record of what ran, for lists and pages. */
@Module({
  imports: [DataModule],
  controllers: [RunsController, RunPagesController],
  providers: [RunsRepository, RunQueries, RunWatch, StepData, StepOutput, FileStore, RunPagesRepository, RunPages],
  exports: [RunQueries, RunWatch, StepOutput, FileStore],
})
export class RunsModule {}
