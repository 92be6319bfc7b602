import { Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Access } from '../auth/access.decorator.js';
import { Clock } from '../clock/clock.service.js';
import { SystemFacts } from './system-facts.service.js';
import { SystemReports } from './system-reports.service.js';
import type { SystemReport } from './system.types.js';

/** How this installation is, for those who run it. */
@ApiTags('system')
@Controller('api/system')
export class SystemController {
  constructor(
    private readonly reports: SystemReports,
    private readonly facts: SystemFacts,
    private readonly clock: Clock,
  ) {}

  /** Processes, queues, engine, database, disk, last back-up: what was found, and what to do about it. */
  @Get()
  @Access('settings:read')
  report(@Req() request: FastifyRequest): Promise<SystemReport> {
    const { protocol, headers } = request;
    return this.reports.report(headers.host === undefined ? undefined : `${protocol}://${headers.host}`);
  }

  /** Notes that a back-up was made just now, by whatever made it. */
  @Post('backups')
  @HttpCode(204)
  @Access('settings:edit')
  async backedUp(): Promise<void> {
    await this.facts.noteBackup(this.clock.now());
  }
}
