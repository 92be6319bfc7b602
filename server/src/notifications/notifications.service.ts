import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../clock/clock.service.js';
import { Ids } from '../clock/ids.service.js';
import { CredentialVault } from '../credentials/credential-vault.service.js';
import { decodeCursor, toPage, type Page, type PageQuery } from '../http/paging.types.js';
import { Workflows } from '../workflows/workflows.service.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { testBody } from './notification-body.js';
import { NotificationCourier } from './notification-courier.service.js';
import { newSecret } from './notification-signature.js';
import type { Delivery, Notification, NotificationWithSecret } from './notification.types.js';
import { DeliveryNotFound, NotificationNotFound } from './notifications.errors.js';
import { NotificationsRepository } from './notifications.repository.js';
import type { ChangeNotification, CreateNotification } from './notifications.schemas.js';

/** Where a page of deliveries goes on: the last one of the page before. */
const position = z.object({ id: z.uuid() });

/** Addresses that are told about runs. */
@Injectable()
export class Notifications implements OnModuleInit {
  constructor(
    private readonly repository: NotificationsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly courier: NotificationCourier,
    private readonly workflows: Workflows,
    private readonly vault: CredentialVault,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** After a change of the key the old one is needed no more. */
  async onModuleInit(): Promise<void> {
    for (const { id, projectId, secret } of await this.repository.findSecrets()) {
      const resealed = this.vault.resealed(projectId, id, secret);
      if (resealed !== undefined) await this.repository.reseal(id, secret, resealed);
    }
  }

  list(projectId: string): Promise<Notification[]> {
    return this.repository.findAll(projectId);
  }

  /** @throws NotificationNotFound */
  async getById(projectId: string, id: string): Promise<Notification> {
    return found(id, await this.repository.findById(projectId, id));
  }

  /** @throws WorkflowNotFound */
  async create(projectId: string, made: CreateNotification): Promise<NotificationWithSecret> {
    await this.#check(projectId, made);
    const id = this.ids.newId();
    const secret = newSecret();
    const sealed = this.vault.seal(projectId, id, secret);
    return { ...(await this.repository.insert(projectId, id, sealed, made)), secret };
  }

  /** @throws NotificationNotFound, WorkflowNotFound */
  async change(projectId: string, id: string, changes: ChangeNotification): Promise<Notification> {
    const { name, url, events, workflowId, isOn } = await this.getById(projectId, id);
    await this.#check(projectId, changes);
    const stays = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const changed = { name, url, events, workflowId, isOn, ...stays };
    return found(id, await this.repository.update(projectId, id, changed));
  }

  /** Signs with another secret from now on. @throws NotificationNotFound */
  async changeSecret(projectId: string, id: string): Promise<NotificationWithSecret> {
    const secret = newSecret();
    const sealed = this.vault.seal(projectId, id, secret);
    return { ...found(id, await this.repository.setSecret(projectId, id, sealed)), secret };
  }

  /** With what it was told. @throws NotificationNotFound */
  async remove(projectId: string, id: string): Promise<void> {
    if (!(await this.repository.delete(projectId, id))) throw new NotificationNotFound(id);
  }

  /** What it was told, newest first. @throws NotificationNotFound */
  async listDeliveries(projectId: string, id: string, { cursor, limit }: PageQuery): Promise<Page<Delivery>> {
    await this.getById(projectId, id);
    const before = decodeCursor(cursor, position)?.id;
    const rows = await this.deliveries.findPage(id, before, limit + 1);
    return toPage(
      rows,
      limit,
      (row) => ({ id: row.id }),
      (row) => row,
    );
  }

  /** Sends something that tells of nothing. @throws NotificationNotFound, QueueUnavailable */
  async test(projectId: string, id: string): Promise<Delivery> {
    await this.getById(projectId, id);
    const made = await this.deliveries.insertTest(this.ids.newId(), id, testBody(new Date(this.clock.now())));
    await this.courier.queue(made.id, 0);
    return made;
  }

  /** @throws NotificationNotFound, DeliveryNotFound, QueueUnavailable */
  async sendAgain(projectId: string, id: string, deliveryId: string): Promise<Delivery> {
    await this.getById(projectId, id);
    const again = await this.deliveries.sendAgain(id, deliveryId);
    if (again === undefined) throw new DeliveryNotFound(deliveryId);
    await this.courier.queue(deliveryId, again.sends);
    return again.delivery;
  }

  async #check(projectId: string, { workflowId }: ChangeNotification): Promise<void> {
    if (workflowId) await this.workflows.getById(projectId, workflowId);
  }
}

function found(id: string, notification: Notification | undefined): Notification {
  if (notification === undefined) throw new NotificationNotFound(id);
  return notification;
}
