import { readFileSync, readlinkSync } from 'node:fs';

/**
 * Names the set of processes whose ids this process can ask about: the boot of the machine and its PID namespace.
 * `undefined` where the system does not tell (anything but Linux).
 */
export function pidSpace(): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}

/** Whether a process of our {@link pidSpace} is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
