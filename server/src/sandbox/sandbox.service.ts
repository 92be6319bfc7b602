import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { childFolder, packageFolder } from './child-entry.js';
import type { Frame } from './child/frames.js';
import { ChildPool } from './child-pool.js';
import { limited } from './process-limits.js';
import { SandboxChild } from './sandbox-child.js';
import type { ChildFailure } from './sandbox-child.js';
import { maxInputChars, maxOutputChars, readAnswer } from './sandbox-answer.js';
import { SandboxError } from './sandbox.errors.js';
import type { SandboxRequest, SandboxResult } from './sandbox.types.js';
import { TypeStripper } from './type-stripper.js';

/** Children that one piece of code may take with it before it is blamed. */
const maxTries = 3;
/** Children that may end before they are ready, and the pause after the first of them; milliseconds. */
const maxStarts = 5;
const startPauseMs = 100;
/** How much longer than the code may take the parent waits before it kills. */
const graceMs = 500;
const maxRunsPerChild = 200;
const maxRssMb = 300;
/** What a child may take besides the heap of its code: Node itself, and texts on their way in and out. */
const childRssMb = 256;

/**
 * Runs user code in child processes. Hostile code can end its own child, late by half a second at most, and nothing
 * else: not the server, not another run.
 */
@Injectable()
export class SandboxService implements OnApplicationShutdown {
  /** Told of each child that starts, with its process id. */
  onSpawn: (role: string, pid: number) => void = () => undefined;
  /** Told of each child that has ended. */
  onGone: (pid: number) => void = () => undefined;
  private pool: ChildPool | undefined;
  private readonly stripper = new TypeStripper((child) => this.announce('sandbox-types', child));

  /** Process ids of the children that run code. */
  get pids(): number[] {
    return this.pool?.pids ?? [];
  }

  /** Starts the first children, so that the first code step does not wait for them. */
  warmUp(): void {
    this.openPool();
  }

  /** @throws SandboxError */
  async run(request: SandboxRequest): Promise<SandboxResult> {
    if (request.input.length > maxInputChars) {
      throw new SandboxError(
        'code.inputTooLarge',
        'The items are too large for a code step. Split them, or drop fields before it.',
      );
    }
    const code = request.language === 'typescript' ? await this.stripper.strip(request.code) : request.code;
    return readAnswer(await this.#untilAnswered(request, code), request);
  }

  /** A child can die of something that was not this code's fault: then there is another try, on a fresh one. */
  async #untilAnswered(request: SandboxRequest, code: string): Promise<Frame | ChildFailure> {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.runOnce(request, code);
      if (answer !== 'died' || tries === maxTries) return answer;
      // What killed it may have killed those that stood ready too, and that shows a moment later.
      await setTimeout(startPauseMs * tries);
      request.signal?.throwIfAborted();
    }
  }

  onApplicationShutdown(): void {
    this.pool?.close();
    this.stripper.close();
  }

  private async runOnce(request: SandboxRequest, code: string): Promise<Frame | ChildFailure> {
    const pool = this.openPool();
    const child = await this.#startedChild(pool, request);
    const { mode, timeoutMs, memoryMb } = request;
    const header = { code, mode, timeoutMs, memoryMb, maxOutputChars };
    const answer = await child.ask(
      { header, body: request.input },
      { deadlineMs: timeoutMs + graceMs, maxRssMb: memoryMb + childRssMb, onProgress: request.onProgress },
    );
    const isSound = typeof answer !== 'string' && answer.header.kind !== 'timeout' && answer.header.kind !== 'memory';
    const isFresh =
      child.runs < maxRunsPerChild &&
      !child.isSlow &&
      typeof answer !== 'string' &&
      Number(answer.header.rssMb) < maxRssMb;
    pool.release(child, isSound && isFresh);
    return answer;
  }

  /** @throws SandboxError `sandbox.unavailable` when none starts, one after the other */
  async #startedChild(pool: ChildPool, request: SandboxRequest): Promise<SandboxChild> {
    for (let tries = 1; ; tries += 1) {
      const child = await pool.take(request);
      if (await child.ready) return child;
      pool.release(child, false);
      if (tries === maxStarts) {
        const why = child.complaint.trim() || 'no reason given';
        throw new SandboxError('sandbox.unavailable', `The sandbox could not be started: ${why}`);
      }
      await setTimeout(startPauseMs * tries);
      request.signal?.throwIfAborted();
    }
  }

  private openPool(): ChildPool {
    this.pool ??= new ChildPool({
      size: Math.max(2, availableParallelism()),
      spares: 1,
      spawn: (onEnd) => this.announce('sandbox', startChild(onEnd)),
    });
    return this.pool;
  }

  private announce(role: string, child: SandboxChild): SandboxChild {
    const { pid } = child;
    if (pid !== undefined) {
      this.onSpawn(role, pid);
      child.onceGone(() => this.onGone(pid));
    }
    return child;
  }
}

function startChild(onEnd: (child: SandboxChild) => void): SandboxChild {
  const folder = childFolder();
  const isolatedVm = packageFolder('isolated-vm');
  const luxon = join(packageFolder('luxon'), 'build/global/luxon.min.js');
  const args = [
    '--jitless',
    '--no-node-snapshot',
    '--permission',
    '--allow-addons',
    ...[folder, isolatedVm, luxon].map((path) => `--allow-fs-read=${path}`),
    '--max-old-space-size=192',
    '--no-warnings',
    join(folder, 'main.js'),
    isolatedVm,
    luxon,
  ];
  const call = limited(process.execPath, args, { addressSpaceMb: 1_536, cpuSeconds: 600, openFiles: 64 });
  return new SandboxChild(call.command, call.args, onEnd);
}
