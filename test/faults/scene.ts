import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startInstallation } from '../support/installation.js';
import type { Installation, InstallationProcess } from '../support/installation.js';
import { startReceiver } from '../support/receiver.js';
import type { Received, Receiver } from '../support/receiver.js';
import { startServerProcess } from '../support/server-process.js';
import type { ServerProcess } from '../support/server-process.js';
import { pause, until } from './api.js';
import { Load, publishAll } from './load.js';
import type { Published } from './load.js';
import { randomFrom } from './random.js';
import { shapes, type Document } from './shapes.js';
import { leftOpenOnTemporal } from './temporal-state.js';
import { judge } from './verdict.js';
import type { Verdict } from './verdict.js';

/** A line of the table that `npm run faults` prints. */
export interface Row extends Verdict {
  fault: string;
  /** Appends that were refused because the run had another owner. */
  fenced: number;
  /** From the fault to the first new event that was answered; seconds. */
  backAfter: number;
  /** The same from the end of the fault, for one that lasts. */
  recoveredAfter: number;
  /** Temporal workflows of this load that live on though their run has ended, or is unknown. */
  leftOpen: string[];
  /** From the fault to the end of the last run that had nothing to wait for; seconds. */
  endedAfter: number;
  /** Milliseconds since 1970. */
  faultAt: number;
}

/** What every fault must leave behind. */
export const allIsWell = { lost: [], doubled: [], ghosts: [], forgotten: [], leftOpen: [] };

export interface SceneOptions {
  /** Folder of the launcher. @defaultValue that of this checkout */
  root?: string;
  /** Settings of the server the launcher starts. */
  env?: Record<string, string>;
  /** Roles of further servers on the same database. */
  others?: string[];
  /** Names of the workflows to load. @defaultValue all */
  only?: string[];
  /** Changes each document before it is published. */
  change?: (document: Document) => Document;
}

/** Told of while a fault is being tried. */
export interface Fault {
  name: string;
  /** Events of each workflow. */
  each: number;
  /** Does it, once runs of all kinds are under way. */
  inject: (scene: Scene, load: Load) => Promise<void> | void;
  /** How often each event is sent at once. @defaultValue 1 */
  copies?: number;
  /** Longest the runs may take to end after it, in milliseconds. */
  deadlineMs?: number;
}

/** The same seed sends the same events in the same order and puts the fault at the same moment of the load. */
const seedOfProcess = Number(process.env['FAULTS_SEED'] ?? 1);
const reportFile = fileURLToPath(new URL('../output/faults.jsonl', import.meta.url));

/** An installation, perhaps with further servers, a receiver with its ledger, and workflows that keep both busy. */
export class Scene {
  readonly others: ServerProcess[] = [];
  #published: Published[] = [];
  #count = 0;

  private constructor(
    readonly wfaib: Installation,
    readonly receiver: Receiver,
  ) {}

  static async open({ root, env, others = [], only, change }: SceneOptions = {}): Promise<Scene> {
    const receiver = await startReceiver();
    const scene = new Scene(
      await startInstallation({ env: env ?? {}, ...(root === undefined ? {} : { root }) }),
      receiver,
    );
    try {
      for (const role of others) await scene.addServer(role);
      const wanted = shapes.filter(({ name }) => only === undefined || only.includes(name));
      scene.#published = await publishAll(scene.wfaib.url, wanted, receiver.url, change);
    } catch (error) {
      await scene.close();
      throw error;
    }
    return scene;
  }

  async close(): Promise<void> {
    await Promise.all(this.others.map((server) => server.end()));
    await this.wfaib.stop({ keepData: process.env['FAULTS_KEEP'] === 'yes' });
    await this.receiver.stop();
  }

  /** Starts another server on the same database, with some settings of its own, perhaps of another build. */
  async addServer(role: string, env: Record<string, string> = {}, root?: string): Promise<ServerProcess> {
    const server = await startServerProcess({ ...this.wfaib.environment(), ...env }, role, root);
    this.others.push(server);
    return server;
  }

  /** Starts a server in the place of one that has ended. */
  async replace(server: ServerProcess, role: string, root?: string): Promise<void> {
    await this.gone(server);
    await this.addServer(role, {}, root);
  }

  /** Waits until a further server has ended; nobody calls it any more. */
  async gone(server: ServerProcess): Promise<number | NodeJS.Signals> {
    this.others.splice(this.others.indexOf(server), 1);
    return server.exited;
  }

  /** Id of a workflow of the load. */
  workflowId(name: string): string {
    return this.#published.find(({ shape }) => shape.name === name)!.workflowId;
  }

  /** Addresses of the servers that take calls. */
  urls = (): string[] => [this.wfaib.url, ...this.others.map(({ url }) => url).filter((url) => url.startsWith('http'))];

  /** The only process of a role, or the first that `which` accepts. */
  process(role: string, which: (entry: InstallationProcess) => boolean = () => true): InstallationProcess {
    const found = this.wfaib.processes().find((entry) => entry.role === role && which(entry));
    if (!found) throw new Error(`There is no process of the role ${role}.`);
    return found;
  }

  /** Waits until the receiver owes somebody an answer. */
  async inCall(): Promise<void> {
    const isOpen = ({ at, answeredAt, path }: Received) =>
      answeredAt === undefined && path.includes('delay=') && Date.now() - at < 1_000;
    await until('No call is under way', () => this.receiver.ledger.some(isOpen), 30_000);
  }

  /** Tries a fault on a load of its own and writes down what came of it. */
  async tryFault(fault: Fault, seed = seedOfProcess): Promise<Row> {
    const label = `f${this.#count++}`;
    const random = randomFrom(seed);
    const load = new Load({
      published: this.#published,
      urls: this.urls,
      each: fault.each,
      label,
      random,
      copies: fault.copies ?? 1,
    });
    const logged = this.#log().length;
    const sending = load.send();
    await until('The load is not accepted', () => load.accepted.length >= load.total / 3, 60_000);
    await this.inCall();
    await pause(random() * 300);
    const faultAt = Date.now();
    await fault.inject(this, load);
    const overAt = Date.now();
    await load.one(
      this.#published.some(({ shape }) => shape.name === 'plain') ? 'plain' : this.#published[0]!.shape.name,
    );
    const backAt = Date.now();
    await sending;
    const ledger = () => this.receiver.ledger;
    const verdict = await judge(load, ledger(), label, this.urls, fault.deadlineMs ?? 90_000);
    const row: Row = {
      ...verdict,
      fault: fault.name,
      faultAt,
      fenced: this.#log().slice(logged).split('An append was refused: the run has another owner').length - 1,
      backAfter: (backAt - faultAt) / 1_000,
      recoveredAfter: (backAt - overAt) / 1_000,
      leftOpen: await leftOpenOnTemporal(this.wfaib.environment(), [
        ...load.accepted.map(({ runId }) => runId),
        ...verdict.forgotten,
      ]),
      endedAfter:
        Math.max(0, ...verdict.lastEnds.filter(({ name }) => name !== 'wait').map(({ at }) => at - faultAt)) / 1_000,
    };
    report(row, seed);
    return row;
  }

  #log(): string {
    return readFileSync(join(this.wfaib.dataDir, 'server.log'), 'utf8');
  }
}

function report(row: Row, seed: number): void {
  mkdirSync(dirname(reportFile), { recursive: true });
  appendFileSync(reportFile, `${JSON.stringify({ seed, ...row })}\n`);
  const bad = [...row.lost, ...row.doubled, ...row.ghosts, ...row.leftOpen];
  const forgotten = row.forgotten.length === 0 ? '' : `, forgotten ${row.forgotten.length}`;
  console.log(
    `${row.fault}: ${row.runs} runs, lost ${row.lost.length}, repeated ${row.repeated}, doubled ${row.doubled.length}, ` +
      `ghosts ${row.ghosts.length}${forgotten}, fenced ${row.fenced}, takeovers ${row.takeovers}, ` +
      `back after ${row.backAfter.toFixed(1)} s, all ended after ${row.endedAfter.toFixed(1)} s (seed ${seed})` +
      `\n    last of each: ${row.lastEnds.map(({ name, at }) => `${name} ${((at - row.faultAt) / 1_000).toFixed(1)} s`).join(', ')}` +
      bad.map((line) => `\n    ${line}`).join(''),
  );
}
