import { Module } from '@nestjs/common';
import { DataStore } from './data-store.service.js';
import { ItemChunks } from './item-chunks.service.js';

/** Bytes and items of runs that are too large for a row. */
@Module({ providers: [DataStore, ItemChunks], exports: [DataStore, ItemChunks] })
export class DataModule {}
