import { Injectable } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';

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
  /** Undefined while Temporal does not answer. */
  link: TemporalLink | undefined;
}
