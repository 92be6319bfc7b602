import { t } from '../i18n/i18n.js';
import type { TextKey } from '../i18n/i18n.js';

const names: Readonly<Record<string, TextKey>> = {
  database: 'health.part.database',
  engine: 'health.part.engine',
  queue: 'health.part.queue',
  disk: 'health.part.disk',
  backup: 'health.part.backup',
  encryptionKey: 'health.part.encryptionKey',
  publicUrl: 'health.part.publicUrl',
  clock: 'health.part.clock',
  mail: 'health.part.mail',
  jobs: 'health.part.jobs',
  'newer runs': 'health.part.newerRuns',
  'held runs': 'health.part.heldRuns',
  data: 'health.part.data',
  schedules: 'shell.schedules',
};

/** What a part of the installation is called; one that is not known here by its id. */
export function partName(id: string): string {
  const name = names[id];
  return name ? t(name) : id.charAt(0).toUpperCase() + id.slice(1);
}
