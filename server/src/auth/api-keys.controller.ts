import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Page } from '../http/paging.types.js';
import { Access } from './access.decorator.js';
import { ApiKeys, type ApiKeySummary } from './api-keys.service.js';
import { createApiKey, type CreateApiKey } from './auth.schemas.js';
import { CurrentCaller } from './caller.decorator.js';
import type { Caller } from './caller.types.js';

const keyId = z.uuid().meta({ title: 'API key' });

@ApiTags('api keys')
@Controller('api/api-keys')
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeys) {}

  @Get()
  @Access('settings:read')
  async list(@CurrentCaller() caller: Caller): Promise<Page<ApiKeySummary>> {
    return { items: await this.apiKeys.list(caller), nextCursor: null };
  }

  @Post()
  @Access('settings:edit')
  create(
    @CurrentCaller() caller: Caller,
    @Body({ schema: createApiKey }) body: CreateApiKey,
  ): Promise<ApiKeySummary & { key: string }> {
    return this.apiKeys.create(caller, body.name);
  }

  @Delete(':id')
  @Access('settings:edit')
  @HttpCode(204)
  revoke(@CurrentCaller() caller: Caller, @Param('id', { schema: keyId }) id: string): Promise<void> {
    return this.apiKeys.revoke(caller, id);
  }
}
