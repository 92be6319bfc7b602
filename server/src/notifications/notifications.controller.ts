import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.decorator.js';
import { CurrentCaller } from '../auth/caller.decorator.js';
import type { Caller } from '../auth/caller.types.js';
import { pageQuery, type Page, type PageQuery } from '../http/paging.types.js';
import type { Delivery, Notification, NotificationWithSecret } from './notification.types.js';
import { changeNotification, createNotification, deliveryId, notificationId } from './notifications.schemas.js';
import type { ChangeNotification, CreateNotification } from './notifications.schemas.js';
import { Notifications } from './notifications.service.js';

const id = { schema: notificationId };

/** Addresses that are told about runs: part of the settings of a project. */
@ApiTags('notifications')
@Controller('api/notifications')
export class NotificationsController {
  constructor(private readonly notifications: Notifications) {}

  @Get()
  @Access('settings:read')
  async list(@CurrentCaller() caller: Caller): Promise<{ items: Notification[]; nextCursor: null }> {
    return { items: await this.notifications.list(caller.projectId), nextCursor: null };
  }

  @Post()
  @Access('settings:edit')
  create(
    @Body({ schema: createNotification }) body: CreateNotification,
    @CurrentCaller() caller: Caller,
  ): Promise<NotificationWithSecret> {
    return this.notifications.create(caller.projectId, body);
  }

  @Get(':id')
  @Access('settings:read')
  show(@Param('id', id) which: string, @CurrentCaller() caller: Caller): Promise<Notification> {
    return this.notifications.getById(caller.projectId, which);
  }

  @Put(':id')
  @Access('settings:edit')
  change(
    @Param('id', id) which: string,
    @Body({ schema: changeNotification }) body: ChangeNotification,
    @CurrentCaller() caller: Caller,
  ): Promise<Notification> {
    return this.notifications.change(caller.projectId, which, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('settings:edit')
  remove(@Param('id', id) which: string, @CurrentCaller() caller: Caller): Promise<void> {
    return this.notifications.remove(caller.projectId, which);
  }

  @Post(':id/secret')
  @HttpCode(200)
  @Access('settings:edit')
  changeSecret(@Param('id', id) which: string, @CurrentCaller() caller: Caller): Promise<NotificationWithSecret> {
    return this.notifications.changeSecret(caller.projectId, which);
  }

  @Post(':id/test')
  @HttpCode(202)
  @Access('settings:edit')
  test(@Param('id', id) which: string, @CurrentCaller() caller: Caller): Promise<Delivery> {
    return this.notifications.test(caller.projectId, which);
  }

  @Get(':id/deliveries')
  @Access('settings:read')
  listDeliveries(
    @Param('id', id) which: string,
    @Query({ schema: pageQuery }) query: PageQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<Page<Delivery>> {
    return this.notifications.listDeliveries(caller.projectId, which, query);
  }

  @Post(':id/deliveries/:deliveryId/send')
  @HttpCode(202)
  @Access('settings:edit')
  sendAgain(
    @Param('id', id) which: string,
    @Param('deliveryId', { schema: deliveryId }) delivery: string,
    @CurrentCaller() caller: Caller,
  ): Promise<Delivery> {
    return this.notifications.sendAgain(caller.projectId, which, delivery);
  }
}
