import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Field } from '@wfaib/sdk/fields';
import { Access } from '../auth/access.decorator.js';
import { CurrentCaller } from '../auth/caller.decorator.js';
import type { Caller } from '../auth/caller.types.js';
import { ConnectorCatalog } from '../connectors/connector-catalog.service.js';
import {
  changeCredential,
  createCredential,
  credentialId,
  type ChangeCredential,
  type CreateCredential,
} from './credentials.schemas.js';
import { CredentialsService } from './credentials.service.js';
import type { CredentialSummary } from './credentials.types.js';

@ApiTags('credentials')
@Controller('api')
export class CredentialsController {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly catalog: ConnectorCatalog,
  ) {}

  /** Kinds of credentials, with the fields of their forms. */
  @Get('credential-kinds')
  @Access('credential:read')
  kinds(): { items: { kind: string; label: string; fields: Record<string, Field>; canTest: boolean }[] } {
    return {
      items: this.catalog.kinds().map(({ kind, label, fields, canTest }) => ({ kind, label, fields, canTest })),
    };
  }

  @Get('credentials')
  @Access('credential:read')
  async list(@CurrentCaller() caller: Caller): Promise<{ items: CredentialSummary[]; nextCursor: null }> {
    return { items: await this.credentials.list(caller.projectId), nextCursor: null };
  }

  @Post('credentials')
  @Access('credential:edit')
  create(@Body({ schema: createCredential }) body: CreateCredential, @CurrentCaller() caller: Caller) {
    return this.credentials.create(caller.projectId, body);
  }

  @Get('credentials/:id')
  @Access('credential:read')
  show(@Param('id', { schema: credentialId }) id: string, @CurrentCaller() caller: Caller) {
    return this.credentials.getById(caller.projectId, id);
  }

  @Put('credentials/:id')
  @Access('credential:edit')
  change(
    @Param('id', { schema: credentialId }) id: string,
    @Body({ schema: changeCredential }) body: ChangeCredential,
    @CurrentCaller() caller: Caller,
  ) {
    return this.credentials.change(caller.projectId, id, body);
  }

  @Delete('credentials/:id')
  @HttpCode(204)
  @Access('credential:edit')
  remove(@Param('id', { schema: credentialId }) id: string, @CurrentCaller() caller: Caller): Promise<void> {
    return this.credentials.remove(caller.projectId, id);
  }

  /** Tries the credential at its service. */
  @Post('credentials/:id/test')
  @HttpCode(200)
  @Access('credential:edit')
  test(@Param('id', { schema: credentialId }) id: string, @CurrentCaller() caller: Caller) {
    return this.credentials.test(caller.projectId, id);
  }
}
