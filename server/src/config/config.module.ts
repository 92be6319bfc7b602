import { Module, type DynamicModule } from '@nestjs/common';
import { Settings } from './config.service.js';

/** Gives {@link Settings} to every room. */
@Module({})
export class ConfigModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: Settings, useValue: settings }],
      exports: [Settings],
    };
  }
}
