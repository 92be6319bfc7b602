import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/config.service.js';
import type { Host, HostName } from '../runner/runner.types.js';
import { TemporalPresence } from '../temporal/temporal-presence.js';

/** Which hosts carry which durability, best first. */
const wanted: Record<string, HostName[]> = {
  express: ['process', 'temporal', 'queue'],
  standard: ['temporal', 'queue', 'process'],
  strict: ['temporal', 'queue', 'process'],
  queue: ['queue', 'process'],
};

/** The hosts of this process. Each registers itself when it is made. */
@Injectable()
export class HostRegistry {
  readonly #hosts = new Map<HostName, Host>();

  constructor(
    private readonly settings: Settings,
    private readonly presence: TemporalPresence,
  ) {}

  register(host: Host): void {
    this.#hosts.set(host.name, host);
  }

  find(name: HostName): Host | undefined {
    const host = this.#hosts.get(name);
    return host?.isAvailable() === true ? host : undefined;
  }

  /** The host for a durability; another one stands in where the best is away. */
  pick(durability: string, except?: HostName): Host {
    const names = (wanted[durability] ?? wanted['standard']!).filter(
      (name) => name !== except && !(name === 'temporal' && this.settings.engine === 'queue'),
    );
    const host = names.map((name) => this.find(name)).find((found) => found !== undefined);
    if (host) return host;
    throw new Error(`No engine is there for runs of durability ${durability}.`);
  }

  /**
   * The engine that takes over what outgrows one process, where there is one.
   * @param leavesChoice whether it may be another one while Temporal has been silent for long
   */
  bigger(leavesChoice: boolean): Host | undefined {
    const isAway = this.settings.engine === 'queue' || (leavesChoice && this.presence.isMissed);
    return (isAway ? undefined : this.find('temporal')) ?? this.find('queue');
  }
}
