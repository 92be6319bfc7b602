import { Module } from '@nestjs/common';
import { Egress } from './egress.service.js';

/** Gives {@link Egress} to rooms that talk to the outside. */
@Module({ providers: [Egress], exports: [Egress] })
export class EgressModule {}
