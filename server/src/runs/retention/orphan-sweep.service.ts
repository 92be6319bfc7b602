import { Injectable } from '@nestjs/common';
import type { BlobPlace } from '../../data/data-driver.types.js';
import { DataStore } from '../../data/data-store.service.js';
import { OrphansRepository } from './orphans.repository.js';

const pageSize = 500;

/** What a sweep took away. */
export interface Swept {
  blobs: number;
  files: number;
}

/** Removes bytes and files of runs that belong to nobody any more. */
@Injectable()
export class OrphanSweep {
  constructor(
    private readonly orphans: OrphansRepository,
    private readonly store: DataStore,
  ) {}

  /** @throws what the store throws; what was not removed then is found again */
  async sweep(): Promise<Swept> {
    // Files first: their bytes belong to nobody then.
    const files = await this.orphans.deleteFiles();
    let blobs = 0;
    for (let last: BlobPlace | undefined; ;) {
      const page = await this.orphans.findBlobs(last, pageSize);
      for (const place of page) await this.store.remove(place);
      blobs += page.length;
      if (page.length < pageSize) return { blobs, files };
      last = page.at(-1);
    }
  }
}
