import { Global, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock.service.js';
import { Ids, RandomIds } from './ids.service.js';

/** Gives {@link Clock} and {@link Ids} to every room. */
@Global()
@Module({
  providers: [
    { provide: Clock, useClass: SystemClock },
    { provide: Ids, useClass: RandomIds },
  ],
  exports: [Clock, Ids],
})
export class ClockModule {}
