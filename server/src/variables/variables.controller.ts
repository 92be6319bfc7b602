import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.decorator.js';
import { CurrentCaller } from '../auth/caller.decorator.js';
import type { Caller } from '../auth/caller.types.js';
import { changeVariable, createVariable, variableId } from './variables.schemas.js';
import type { ChangeVariable, CreateVariable } from './variables.schemas.js';
import { Variables } from './variables.service.js';
import type { Variable } from './variables.types.js';

/** Variables are part of what workflows mean: who may edit those may edit these. */
@ApiTags('variables')
@Controller('api/variables')
export class VariablesController {
  constructor(private readonly variables: Variables) {}

  @Get()
  @Access('workflow:read')
  async list(@CurrentCaller() caller: Caller): Promise<{ items: Variable[]; nextCursor: null }> {
    return { items: await this.variables.list(caller.projectId), nextCursor: null };
  }

  @Post()
  @Access('workflow:edit')
  create(@Body({ schema: createVariable }) body: CreateVariable, @CurrentCaller() caller: Caller): Promise<Variable> {
    return this.variables.create(caller.projectId, body);
  }

  @Get(':id')
  @Access('workflow:read')
  show(@Param('id', { schema: variableId }) id: string, @CurrentCaller() caller: Caller): Promise<Variable> {
    return this.variables.getById(caller.projectId, id);
  }

  @Put(':id')
  @Access('workflow:edit')
  change(
    @Param('id', { schema: variableId }) id: string,
    @Body({ schema: changeVariable }) body: ChangeVariable,
    @CurrentCaller() caller: Caller,
  ): Promise<Variable> {
    return this.variables.change(caller.projectId, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('workflow:edit')
  remove(@Param('id', { schema: variableId }) id: string, @CurrentCaller() caller: Caller): Promise<void> {
    return this.variables.remove(caller.projectId, id);
  }
}
