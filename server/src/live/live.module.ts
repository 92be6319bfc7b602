import { Module } from '@nestjs/common';
import { RunsModule } from '../runs/runs.module.js';
import { ProjectEventsController } from './project-events.controller.js';
import { RunEventsController } from './run-events.controller.js';
import { ProjectStream } from './project-stream.service.js';
import { RunStream } from './run-stream.service.js';

/** Pushes what happens to runs to browsers. */
@Module({
  imports: [RunsModule],
  controllers: [RunEventsController, ProjectEventsController],
  providers: [RunStream, ProjectStream],
})
export class LiveModule {}
