import { Controller, Get } from '@nestjs/common';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { Access } from '../auth/access.decorator.js';
import { NodeCatalog } from './node-catalog.service.js';

/** What a workflow can be made of: the step picker and the forms of the editor read this. */
@Controller('api/node-types')
export class NodeTypesController {
  constructor(private readonly catalog: NodeCatalog) {}

  @Get()
  @Access('workflow:read')
  findAll(): { items: NodeDescriptor[] } {
    return { items: this.catalog.all() };
  }
}
