import { totalOf, type Memory } from '../bench/memory-of.js';

/** Prints what each kind of process held in the states that are given, the later ones with what came on top of the first. */
export function printMemory(states: Record<string, Memory>): void {
  const [first, ...later] = Object.entries(states);
  const names = new Set(Object.values(states).flatMap((memory) => Object.keys(memory)));
  const rows = [...names].map((name) => [name, (memory: Memory) => memory[name] ?? 0] as const);
  const own = ['all but Temporal', (memory: Memory) => totalOf(memory) - (memory['temporal'] ?? 0)] as const;
  const table = [...rows, own].map(([process, read]) => {
    const base = read(first![1]);
    const grown = later.map(([state, memory]) => [state, `${mb(read(memory))} (${mb(read(memory) - base)} more)`]);
    return { process, [first![0]]: mb(base), ...Object.fromEntries(grown) };
  });
  console.log('Memory in MB');
  console.table(table);
}

const mb = (number: number) => Math.round(number);
