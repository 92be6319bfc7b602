import { Module } from '@nestjs/common';
import { ProjectsRepository } from './projects.repository.js';
import { Projects } from './projects.service.js';

@Module({ providers: [ProjectsRepository, Projects], exports: [Projects] })
export class ProjectsModule {}
