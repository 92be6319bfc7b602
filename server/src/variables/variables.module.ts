import { Module } from '@nestjs/common';
import { VariablesController } from './variables.controller.js';
import { VariablesRepository } from './variables.repository.js';
import { Variables } from './variables.service.js';

/** Values that the workflows of a project share. */
@Module({ controllers: [VariablesController], providers: [VariablesRepository, Variables], exports: [Variables] })
export class VariablesModule {}
