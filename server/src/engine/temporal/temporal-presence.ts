import { Injectable } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { Settings } from '../../config/config.service.js';

/** What there is while Temporal answers. */
export interface TemporalLink {
  client: Client;
  connection: NativeConnection;
  /** Changes when Temporal lost its database and was made anew. */
  namespaceId: string;
  /** Whether workflows can be given what they are searched by. */
  isSearchable: boolean;
}

/** Whether Temporal answers at the moment, for all who need it and do not keep up the connection. */
@Injectable()
export class TemporalPresence {
  /**
   * How long Temporal may be silent before runs that leave the choice of their engine do not wait for it, in milliseconds:
   * longer than a restart takes.
   */
  patienceMs = 15_000;
  #link: TemporalLink | undefined;
  #silentSince = performance.now();

  constructor(private readonly settings: Settings) {}

  /** Whether this installation has a Temporal, be it reachable at the moment or not. */
  get isConfigured(): boolean {
    return this.settings.engine !== 'queue' && this.settings.temporalAddress !== undefined;
  }

  /** Undefined while Temporal does not answer. */
  get link(): TemporalLink | undefined {
    return this.#link;
  }

  set link(link: TemporalLink | undefined) {
    if (link === undefined && this.#link !== undefined) this.#silentSince = performance.now();
    this.#link = link;
  }

  /** Whether there is to be a Temporal and it has not answered for long. */
  get isMissed(): boolean {
    return this.isConfigured && this.#link === undefined && performance.now() - this.#silentSince >= this.patienceMs;
  }
}
