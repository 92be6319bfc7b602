import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Tx } from '../database/unit-of-work.service.js';
import { ProjectNotFound } from './project.errors.js';
import type { Membership, Project, ProjectRole } from './project.types.js';
import { ProjectsRepository } from './projects.repository.js';

/** Projects and who belongs to them. */
@Injectable()
export class Projects {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The project that exists from the first migration on. */
  async getDefault(tx: Tx = this.unitOfWork.direct): Promise<Project> {
    const project = await this.projects.findDefault(tx);
    if (!project) throw new ProjectNotFound('default');
    return { id: project.id, name: project.name };
  }

  /** @throws {ProjectNotFound} */
  async getById(id: string): Promise<Project> {
    const project = await this.projects.findById(this.unitOfWork.direct, id);
    if (!project) throw new ProjectNotFound(id);
    return { id: project.id, name: project.name };
  }

  /** The projects of a person, the one joined first first. */
  async membershipsOf(userId: string): Promise<Membership[]> {
    const found = await this.projects.findMembershipsOf(this.unitOfWork.direct, userId);
    return found.map(({ projectId, role }) => ({ projectId, userId, role }));
  }

  /** Those who belong to a project, in no order. */
  async membersOf(tx: Tx, projectId: string): Promise<Membership[]> {
    const found = await this.projects.findMembershipsIn(tx, projectId);
    return found.map(({ userId, role }) => ({ projectId, userId, role }));
  }

  async addMember(tx: Tx, projectId: string, userId: string, role: ProjectRole): Promise<void> {
    await this.projects.addMembership(tx, { projectId, userId, role });
  }
}
