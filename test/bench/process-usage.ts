import { readdirSync, readFileSync } from 'node:fs';

/** What a group of processes has used: CPU since they began, in milliseconds, and memory of the moment, in MB. */
export interface Usage {
  cpuMs: number;
  rssMb: number;
  /** Largest resident memory of a single one, in MB. */
  largestMb: number;
}

interface Process {
  pid: number;
  parent: number;
  cpuMs: number;
  pages: number;
}

/** Linux counts CPU in hundredths of a second and memory in pages; see proc(5). */
const msPerTick = 10;
const bytesPerPage = 4_096;

/** Usage of a process and all its descendants. Children that ended are counted with the parent that waited for them. */
export function usageOf(roots: readonly number[]): Usage {
  const tree = withDescendants(roots, readProcesses());
  const memory = tree.map(rssMb);
  return {
    cpuMs: tree.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    rssMb: memory.reduce((sum, each) => sum + each, 0),
    largestMb: Math.max(0, ...memory),
  };
}

function withDescendants<Each extends { pid: number; parent: number }>(roots: readonly number[], all: Each[]): Each[] {
  const inTree = new Set(roots);
  for (let found = -1; found !== inTree.size;) {
    found = inTree.size;
    for (const { pid, parent } of all) if (inTree.has(parent)) inTree.add(pid);
  }
  return all.filter(({ pid }) => inTree.has(pid));
}

/** Resident memory of one process of the moment, in MB; 0 where it is gone. */
export function rssMbOf(pid: number): number {
  const process = readProcess(pid);
  return process === undefined ? 0 : rssMb(process);
}

/** Most resident memory that a process ever had, in MB, and the process it was started by; see proc(5), VmHWM. */
interface Peak {
  pid: number;
  parent: number;
  peakMb: number;
}

/** The largest peak among these processes, in MB. */
export function peakMbOf(pids: readonly number[]): number {
  return Math.max(0, ...pids.map((pid) => readPeak(pid)?.peakMb ?? 0));
}

/** The same with all their descendants. */
export function peakMbWithin(roots: readonly number[]): number {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readPeak(Number(pid)) ?? []);
  return Math.max(0, ...withDescendants(roots, all).map(({ peakMb }) => peakMb));
}

function readPeak(pid: number): Peak | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return { pid, parent: field('PPid'), peakMb: (field('VmHWM') * 1_024) / 1_000_000 };
  } catch {
    return undefined;
  }
}

function readProcesses(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readProcess(Number(pid)) ?? []);
}

function readProcess(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return {
      pid,
      parent: Number(fields[1]),
      cpuMs: ticks * msPerTick,
      pages: Number(fields[21]),
    };
  } catch {
    return undefined;
  }
}

/** Memory in MB; what processes share (PostgreSQL's buffers) is split among them, where the kernel tells. */
function rssMb({ pid, pages }: Process): number {
  try {
    const kb = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    if (kb !== undefined) return (Number(kb) * 1_024) / 1_000_000;
  } catch {
    // Not permitted, or gone.
  }
  return (pages * bytesPerPage) / 1_000_000;
}
