import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { ApiBody } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from '../auth/access.decorator.js';
import { CurrentCaller } from '../auth/caller.decorator.js';
import type { Caller } from '../auth/caller.types.js';
import type { Page } from '../http/paging.types.js';
import { documentTextOf } from './document-text.js';
import { documentBody, requireDraftShape } from './draft-shape.js';
import { WorkflowList } from './workflow-list.service.js';
import {
  noteVersion,
  organiseWorkflow,
  revisionOf,
  versionNumber,
  workflowId,
  workflowsQuery,
  type NoteVersion,
  type OrganiseWorkflow,
  type WorkflowsQuery,
} from './workflows.schemas.js';
import { Workflows } from './workflows.service.js';
import type { ChangeAuthor, WorkflowLabels, WorkflowSummary, WorkflowView } from './workflows.types.js';

@Controller('api/workflows')
export class WorkflowsController {
  constructor(
    private readonly workflows: Workflows,
    private readonly list: WorkflowList,
  ) {}

  /** Keeps a draft with whatever problems it has; only what is no workflow at all is refused. */
  @Post()
  @ApiBody(documentBody)
  @Access('workflow:edit')
  async create(
    @Body() document: unknown,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    requireDraftShape(document);
    return tagged(await this.workflows.create(caller, document), reply);
  }

  @Post('validate')
  @ApiBody(documentBody)
  @HttpCode(200)
  @Access('workflow:read')
  async validate(@Body() document: unknown, @CurrentCaller() caller: Caller): Promise<{ problems: Problem[] }> {
    documentTextOf(document);
    return { problems: await this.workflows.problemsOf(caller.projectId, document) };
  }

  @Get()
  @Access('workflow:read')
  findAll(
    @Query({ schema: workflowsQuery }) query: WorkflowsQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<Page<WorkflowSummary>> {
    return this.list.page(caller.projectId, query);
  }

  /** Folders and tags in use, with how many workflows each holds. */
  @Get('labels')
  @Access('workflow:read')
  labels(@CurrentCaller() caller: Caller): Promise<WorkflowLabels> {
    return this.list.labels(caller.projectId);
  }

  /** Where a workflow belongs: its folder and its tags. Its document and revision stay as they are. */
  @Patch(':id')
  @HttpCode(204)
  @Access('workflow:edit')
  organise(
    @Param('id', { schema: workflowId }) id: string,
    @Body({ schema: organiseWorkflow }) body: OrganiseWorkflow,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.workflows.organise(caller.projectId, id, body);
  }

  @Get(':id')
  @Access('workflow:read')
  async show(
    @Param('id', { schema: workflowId }) id: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(await this.workflows.getById(caller.projectId, id), reply);
  }

  @Put(':id')
  @ApiBody(documentBody)
  @Access('workflow:edit')
  async save(
    @Param('id', { schema: workflowId }) id: string,
    @Body() document: unknown,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('wfaib-tab') tab: string | undefined,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    requireDraftShape(document);
    return tagged(await this.workflows.saveDraft(caller, id, document, revisionOf(ifMatch), tab), reply);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('workflow:edit')
  remove(@Param('id', { schema: workflowId }) id: string, @CurrentCaller() caller: Caller): Promise<void> {
    return this.workflows.delete(caller.projectId, id);
  }

  @Get(':id/versions')
  @Access('workflow:read')
  async versions(@Param('id', { schema: workflowId }) id: string, @CurrentCaller() caller: Caller) {
    return { items: await this.workflows.listVersions(caller.projectId, id), nextCursor: null };
  }

  /** Who changed which part of the draft since it was last published. */
  @Get(':id/changes')
  @Access('workflow:read')
  async changes(
    @Param('id', { schema: workflowId }) id: string,
    @CurrentCaller() caller: Caller,
  ): Promise<{ items: ChangeAuthor[]; nextCursor: null }> {
    return { items: await this.workflows.changeAuthors(caller.projectId, id), nextCursor: null };
  }

  /** Writes a note to a version; its document never changes. */
  @Patch(':id/versions/:version')
  @HttpCode(204)
  @Access('workflow:edit')
  note(
    @Param('id', { schema: workflowId }) id: string,
    @Param('version', { schema: versionNumber }) version: number,
    @Body({ schema: noteVersion }) body: NoteVersion,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.workflows.noteVersion(caller.projectId, id, version, body.note);
  }

  @Get(':id/versions/:version')
  @Access('workflow:read')
  version(
    @Param('id', { schema: workflowId }) id: string,
    @Param('version', { schema: versionNumber }) version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.workflows.getVersion(caller.projectId, id, version);
  }
}

function tagged(workflow: WorkflowView, reply: FastifyReply): WorkflowView {
  void reply.header('etag', `"${workflow.revision}"`);
  return workflow;
}
