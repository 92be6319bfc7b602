import { randomUUID } from 'node:crypto';
import { UsageWrong } from '../cli.errors.js';
import type { Command, CommandCall } from '../command.types.js';
import { chaosFaults, processesOf, type ChaosFault } from '../doctor/chaos-faults.js';
import { ChaosLedger, type ChaosVerdict } from '../doctor/chaos-ledger.js';
import { chaosWorkflow } from '../doctor/chaos-workflow.js';
import { checkServer, type Finding } from '../doctor/check-server.js';
import type { ServerWorkflow } from '../server/server-types.js';

/** Longest that a run may take under a fault, in milliseconds. */
const deadlineMs = 120_000;
const marks = { well: '✓', degraded: '!', ill: '✕' } as const;

export const doctor: Command = {
  name: 'doctor',
  usage: '',
  summary:
    'Says how a server of yours is. With --chaos it also puts runs of its own under faults and counts what is lost.',
  options: { chaos: { type: 'boolean' }, runs: { type: 'string' }, 'data-dir': { type: 'string' } },
  help: {
    chaos: 'put runs of its own under faults that harm nothing else',
    runs: 'runs for each fault (default: 10)',
    'data-dir': 'data folder of the server, on this machine: also kills its children for code and connectors',
  },
  names: [0, 0],
  async run(call) {
    const runs = runsOf(call.text('runs'));
    const dataDir = call.text('data-dir');
    if (dataDir !== undefined) processesOf(dataDir);
    const findings = await checkServer(call.api);
    for (const { state, what, detail } of findings) call.output.line(`${marks[state]} ${what}: ${detail || 'well'}`);
    const verdicts = call.isSet('chaos') ? await chaos(call, runs, dataDir) : [];
    call.output.json({ findings, ...(call.isSet('chaos') ? { chaos: verdicts } : {}) });
    return isWell(findings, verdicts) ? 0 : 1;
  },
};

function isWell(findings: Finding[], verdicts: ChaosVerdict[]): boolean {
  const isClean = ({ lost, doubled, ghosts }: ChaosVerdict) => lost.length + doubled.length + ghosts.length === 0;
  return findings.every(({ state }) => state !== 'ill') && verdicts.every(isClean);
}

async function chaos(call: CommandCall, runs: number, dataDir: string | undefined): Promise<ChaosVerdict[]> {
  const faults = chaosFaults.filter(({ isLocal }) => isLocal !== true || dataDir !== undefined);
  call.output.line();
  call.output.line(line(['fault', 'runs', 'lost', 'doubled', 'ghosts', 'seconds']));
  const verdicts: ChaosVerdict[] = [];
  for (const fault of faults) {
    const verdict = await putUnder(fault, call, runs, dataDir);
    verdicts.push(verdict);
    const { lost, doubled, ghosts, seconds } = verdict;
    const counts = [verdict.runs, lost.length, doubled.length, ghosts.length];
    call.output.line(line([fault.name, ...counts.map(String), seconds.toFixed(1)]));
    call.output.lines([...lost, ...doubled, ...ghosts.map((id) => `run ${id}: nobody asked for it`)]);
  }
  return verdicts;
}

/** Each fault has a workflow of its own, which is deleted afterwards. */
async function putUnder(
  fault: ChaosFault,
  { api }: CommandCall,
  runs: number,
  dataDir: string | undefined,
): Promise<ChaosVerdict> {
  const { id } = await api.send<ServerWorkflow>('POST', '/api/workflows', chaosWorkflow);
  try {
    const ledger = new ChaosLedger(api, id, `doctor-${randomUUID()}`, deadlineMs);
    await fault.run({ api, ledger, runs, dataDir });
    return await ledger.judge(fault.name);
  } finally {
    await api.ask('DELETE', `/api/workflows/${id}`);
  }
}

const line = ([fault = '', ...cells]: string[]): string =>
  fault.padEnd(56) + cells.map((cell) => cell.padStart(9)).join('');

function runsOf(given: string | undefined): number {
  const runs = given === undefined ? 10 : Number(given);
  if (!Number.isInteger(runs) || runs < 1 || runs > 1_000)
    throw new UsageWrong(`--runs is "${given}"; it takes a whole number up to 1000.`);
  return runs;
}
