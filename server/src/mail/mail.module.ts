import { Module } from '@nestjs/common';
import { Mailer } from './mailer.service.js';

/** Sends mail. */
@Module({ providers: [Mailer], exports: [Mailer] })
export class MailModule {}
