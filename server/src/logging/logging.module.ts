import { Module, type DynamicModule } from '@nestjs/common';
import { Log } from './logger.service.js';

/** Gives {@link Log} to every room. */
@Module({})
export class LoggingModule {
  static with(log: Log): DynamicModule {
    return { module: LoggingModule, global: true, providers: [{ provide: Log, useValue: log }], exports: [Log] };
  }
}
