import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandFailed } from '../cli.errors.js';
import type { ApiClient } from '../server/api-client.js';
import { bombs } from './chaos-workflow.js';
import { pause, type ChaosLedger } from './chaos-ledger.js';

/** What a fault works with. */
export interface ChaosScene {
  api: ApiClient;
  ledger: ChaosLedger;
  /** Requests of each fault. */
  runs: number;
  /** Data folder of the installation, where it is on this machine and its children may be killed. */
  dataDir: string | undefined;
}

/** A fault that does no harm to anything but the doctor's own runs. */
export interface ChaosFault {
  name: string;
  /** Needs the data folder: it ends processes of this machine. */
  isLocal?: boolean;
  run(scene: ChaosScene): Promise<void>;
}

const requestsOf = ({ ledger, runs }: ChaosScene) => Array.from({ length: runs }, () => ledger.newRequest());

export const chaosFaults: readonly ChaosFault[] = [
  {
    name: 'callers that hang up and ask again',
    run: async (scene) => {
      const { api, ledger } = scene;
      const hangUp = async (request: ReturnType<ChaosLedger['newRequest']>) => {
        await api
          .fetch('/api/runs?wait=10s', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(ledger.bodyOf(request)),
            signal: AbortSignal.timeout(20 + Math.floor(Math.random() * 300)),
          })
          .catch(() => undefined);
        await ledger.send(request);
      };
      await Promise.all(requestsOf(scene).map(hangUp));
    },
  },
  {
    name: 'the same request three times at once',
    run: async (scene) => {
      const thrice = requestsOf(scene).flatMap((request) => [request, request, request]);
      await Promise.all(thrice.map((request) => scene.ledger.send(request)));
    },
  },
  {
    name: 'code beside it that never ends or takes all memory',
    run: async (scene) => {
      const { api, ledger } = scene;
      const begun = bombs.map((document) => api.send<{ runId: string }>('POST', '/api/runs', { document }));
      await Promise.all(requestsOf(scene).map((request) => ledger.send(request)));
      for (const { runId } of await Promise.all(begun)) await api.get(`/api/runs/${runId}?wait=30s`);
    },
  },
  {
    name: 'runs taken from their owner',
    run: (scene) => eachInTurn(scene, (api, runId) => api.ask('POST', `/api/runs/${runId}/release`, {})),
  },
  {
    name: 'runs paused and resumed',
    run: (scene) =>
      eachInTurn(scene, async (api, runId) => {
        await api.ask('POST', `/api/runs/${runId}/pause`, { reason: 'wfaib doctor --chaos' });
        await pause(300);
        await api.ask('POST', `/api/runs/${runId}/resume`, {});
      }),
  },
  {
    name: 'kill -9 of the children that run code and connectors',
    isLocal: true,
    run: async (scene) => {
      const { ledger, dataDir } = scene;
      const sending = Promise.all(requestsOf(scene).map((request) => ledger.send(request)));
      for (let turn = 0; turn < 3; turn += 1) {
        await pause(250);
        killChildren(dataDir!);
      }
      await sending;
    },
  },
];

/** Does something to each run a moment after it was accepted: it may be at any of its steps. */
async function eachInTurn(scene: ChaosScene, act: (api: ApiClient, runId: string) => Promise<unknown>): Promise<void> {
  await Promise.all(
    requestsOf(scene).map(async (request) => {
      const runId = await scene.ledger.send(request);
      await pause(Math.random() * 1_500);
      await act(scene.api, runId);
    }),
  );
}

function killChildren(dataDir: string): void {
  for (const { role, pid } of processesOf(dataDir)) {
    if (role !== 'sandbox' && role !== 'connectors') continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}

/** Processes of the installation whose data folder it is. @throws CommandFailed where it is none */
export function processesOf(dataDir: string): { role: string; pid: number }[] {
  const file = join(dataDir, 'processes.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { role: string; pid: number }[];
  } catch (error) {
    throw new CommandFailed(
      'doctor.noProcesses',
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'no JSON'}). Name the data folder of an installation on this machine with --data-dir.`,
    );
  }
}
