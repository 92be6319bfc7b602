import type { Installation } from '../support/installation.js';
import { rssMbOf, usageOf } from './process-usage.js';

/** Resident memory by kind of process, in MB. */
export type Memory = Record<string, number>;

/** What the processes of an installation hold at the moment. PostgreSQL is one, with all its processes. */
export function memoryOf(installation: Installation): Memory {
  const memory: Memory = {};
  for (const { role, pid } of installation.processes()) {
    const name = role === 'all' ? 'server' : role;
    memory[name] = (memory[name] ?? 0) + (role === 'postgres' ? usageOf([pid]).rssMb : rssMbOf(pid));
  }
  return memory;
}

export const totalOf = (memory: Memory): number => Object.values(memory).reduce((sum, each) => sum + each, 0);
