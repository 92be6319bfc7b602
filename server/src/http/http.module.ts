import { Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ApiDescription } from './api-description.service.js';
import { ErrorFilter } from './error.filter.js';
import { SchemaPipe } from './schema.pipe.js';

/** One shape of errors and one check of requests for all rooms. */
@Module({
  providers: [
    { provide: APP_FILTER, useClass: ErrorFilter },
    { provide: APP_PIPE, useClass: SchemaPipe },
    ApiDescription,
  ],
  exports: [ApiDescription],
})
export class HttpModule {}
