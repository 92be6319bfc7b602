import { Module } from '@nestjs/common';
import { DataModule } from '../data/data.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { WorkflowsModule } from '../workflows/workflows.module.js';
import { FileStore } from './file-store.service.js';
import { ItemsFile } from './items-file.service.js';
import { RunPagesController } from './run-pages.controller.js';
import { RunPagesRepository } from './run-pages.repository.js';
import { RunPages } from './run-pages.service.js';
import { RunRemovalRepository } from './run-removal.repository.js';
import { RunRemoval } from './run-removal.service.js';
import { RunQueries } from './run-queries.service.js';
import { RunWatch } from './run-watch.service.js';
import { RunsController } from './runs.controller.js';
import { RunsRepository } from './runs.repository.js';
import { ExpiredRuns } from './retention/expired-runs.service.js';
import { OrphanSweep } from './retention/orphan-sweep.service.js';
import { OrphansRepository } from './retention/orphans.repository.js';
import { RetentionRepository } from './retention/retention.repository.js';
import { Retention } from './retention/retention.service.js';
import { StepProgressBoard } from './step-progress.service.js';
import { StepOutput } from './step-output.service.js';
import { StepData } from './step-data.service.js';

/** The record of what ran, for lists and pages. */
@Module({
  imports: [DataModule, JobsModule, WorkflowsModule],
  controllers: [RunsController, RunPagesController],
  providers: [
    RunsRepository,
    RunQueries,
    RunWatch,
    StepProgressBoard,
    ItemsFile,
    StepData,
    StepOutput,
    FileStore,
    RunPagesRepository,
    RunPages,
    RunRemovalRepository,
    RunRemoval,
    RetentionRepository,
    ExpiredRuns,
    OrphansRepository,
    OrphanSweep,
    Retention,
  ],
  exports: [RunQueries, RunWatch, StepProgressBoard, StepOutput, FileStore],
})
export class RunsModule {}
