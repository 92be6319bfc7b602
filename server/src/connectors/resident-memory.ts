import { readFileSync } from 'node:fs';

const pageBytes = 4096;

/** Resident memory of a process in MiB; 0 where the system does not tell (not Linux, process gone). */
export function residentMb(pid: number | undefined): number {
  if (pid === undefined || process.platform !== 'linux') return 0;
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return (pages * pageBytes) / (1024 * 1024);
  } catch {
    return 0;
  }
}
