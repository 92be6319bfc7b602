import { readFileSync } from 'node:fs';

/** Whether somebody stopped the process (SIGSTOP, a debugger, a frozen container): it cannot work, whatever it has to do. */
export function isFrozen(pid: number): boolean {
  try {
    // The name in parentheses may hold anything, a parenthesis too. @see man 5 proc_pid_stat
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return 'Tt'.includes(stat.charAt(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}
