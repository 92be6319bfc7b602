import { Readable } from 'node:stream';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { JsonObject } from '@wfaib/sdk/items';
import type { FastifyReply } from 'fastify';
import { Access } from '../auth/access.decorator.js';
import { CurrentCaller } from '../auth/caller.decorator.js';
import type { Caller } from '../auth/caller.types.js';
import { decodeCursor } from '../http/paging.types.js';
import type { LogLine } from '../nodes/core-node.types.js';
import { FileStore } from './file-store.service.js';
import { ItemsFile } from './items-file.service.js';
import { RunQueries, type RunPage } from './run-queries.service.js';
import { RunRemoval, type RemovedRuns } from './run-removal.service.js';
import { RunWatch } from './run-watch.service.js';
import type { RunView } from './run.types.js';
import { runWaitQuery } from './run-wait.types.js';
import type { RunWaitQuery } from './run-wait.types.js';
import {
  deleteRuns,
  fileId,
  itemsFileQuery,
  itemsQuery,
  listPosition,
  runId,
  runsQuery,
  stepId,
} from './runs.schemas.js';
import type { DeleteRuns, ItemsFileQuery, ItemsQuery, RunsQuery } from './runs.schemas.js';
import { StepData, type ItemsPage } from './step-data.service.js';

@Controller('api/runs')
export class RunsController {
  constructor(
    private readonly runs: RunQueries,
    private readonly watch: RunWatch,
    private readonly stepData: StepData,
    private readonly itemFiles: ItemsFile,
    private readonly files: FileStore,
    private readonly removal: RunRemoval,
  ) {}

  @Get()
  @Access('run:read')
  findAll(
    @Query({ schema: runsQuery }) { cursor, limit, status, ...filter }: RunsQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<RunPage> {
    const before = decodeCursor(cursor, listPosition)?.id;
    return this.runs.list(caller.projectId, { ...filter, statuses: status, before }, limit);
  }

  @Get(':id')
  @Access('run:read')
  async show(
    @Param('id', { schema: runId }) id: string,
    @Query({ schema: runWaitQuery }) { wait }: RunWaitQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<RunView> {
    if (wait > 0) await this.watch.untilEnded(caller.projectId, id, wait);
    return this.runs.getById(caller.projectId, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('run:control')
  remove(@Param('id', { schema: runId }) id: string, @CurrentCaller() caller: Caller): Promise<void> {
    return this.removal.remove(caller.projectId, id);
  }

  @Post('delete')
  @HttpCode(200)
  @Access('run:control')
  removeMany(@Body({ schema: deleteRuns }) { ids }: DeleteRuns, @CurrentCaller() caller: Caller): Promise<RemovedRuns> {
    return this.removal.removeMany(caller.projectId, ids);
  }

  @Get(':id/document')
  @Access('run:read')
  document(@Param('id', { schema: runId }) id: string, @CurrentCaller() caller: Caller): Promise<JsonObject> {
    return this.runs.getDocument(caller.projectId, id);
  }

  @Get(':id/steps/:stepId/items')
  @Access('run:read')
  items(
    @Param('id', { schema: runId }) id: string,
    @Param('stepId', { schema: stepId }) step: string,
    @Query({ schema: itemsQuery }) query: ItemsQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<ItemsPage> {
    return this.stepData.items(caller.projectId, id, step, query);
  }

  /** The same, all of them, as a file. */
  @Get(':id/steps/:stepId/items/file')
  @Access('run:read')
  async itemsFile(
    @Param('id', { schema: runId }) id: string,
    @Param('stepId', { schema: stepId }) step: string,
    @Query({ schema: itemsFileQuery }) query: ItemsFileQuery,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { mimeType, bytes } = await this.itemFiles.open(caller.projectId, id, step, query);
    await reply
      .header('content-type', mimeType)
      .header('content-disposition', 'attachment')
      .header('x-content-type-options', 'nosniff')
      .send(Readable.from(bytes, { objectMode: false }));
  }

  @Get(':id/steps/:stepId/logs')
  @Access('run:read')
  async logs(
    @Param('id', { schema: runId }) id: string,
    @Param('stepId', { schema: stepId }) step: string,
    @CurrentCaller() caller: Caller,
  ): Promise<{ items: LogLine[] }> {
    return { items: await this.stepData.logs(caller.projectId, id, step) };
  }

  @Get(':id/files/:fileId')
  @Access('run:read')
  async file(
    @Param('id', { schema: runId }) id: string,
    @Param('fileId', { schema: fileId }) fileName: string,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.runs.getSummary(caller.projectId, id);
    const { file, bytes } = await this.files.get(id, fileName);
    // Whatever a workflow stored must not act as a page of this origin.
    await reply
      .header('content-type', file.mimeType)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeRfc5987(file.name)}`)
      .header('content-security-policy', 'sandbox')
      .header('x-content-type-options', 'nosniff')
      .header('content-length', file.size)
      .send(Readable.from(bytes(), { objectMode: false }));
  }
}

/** RFC 5987 leaves fewer characters alone than `encodeURIComponent` does, which in turn refuses half surrogate pairs. */
function encodeRfc5987(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
