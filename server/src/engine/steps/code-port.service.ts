import { Injectable } from '@nestjs/common';
import type { StepError } from '@wfaib/sdk/errors';
import { StepFailure, type CodeOutcome, type CodeRequest, type LogLine } from '../../nodes/core-node.types.js';
import { SandboxService } from '../../sandbox/sandbox.service.js';
import type { SandboxResult } from '../../sandbox/sandbox.types.js';

/** Runs the code of a step in the sandbox. */
@Injectable()
export class CodePort {
  constructor(private readonly sandbox: SandboxService) {}

  /** @param logs takes what the code printed, also where it fails */
  async run(projectId: string, request: CodeRequest, logs: LogLine[], signal?: AbortSignal): Promise<CodeOutcome> {
    const { language, mode, code, timeoutMs, memoryMb, items, nodes, context, offset, onProgress } = request;
    const input = JSON.stringify({ items, nodes, context, offset });
    try {
      // Steps of one workflow wait in one line: a workflow full of slow code does not hold up the others.
      const turn = String(context.workflow['id'] || projectId);
      const result = await this.sandbox.run({
        projectId,
        turn,
        language,
        mode,
        code,
        timeoutMs,
        memoryMb,
        input,
        ...(onProgress ? { onProgress } : {}),
        ...(signal ? { signal } : {}),
      });
      return outcomeOf(result, request);
    } catch (error) {
      logs.push(...((error as { logs?: LogLine[] }).logs ?? []));
      throw error;
    }
  }
}

function outcomeOf({ items, failures, logs }: SandboxResult, request: CodeRequest): CodeOutcome {
  const failed = failures.map(({ item, message, ...place }) => ({
    item,
    error: { code: 'code.failed', message, details: place, retryable: false } satisfies StepError,
  }));
  if (failed.length > 0 && request.collectFailures !== true) throw new StepFailure(failed[0]!.error);
  return { items, logs, ...(failed.length > 0 ? { failures: failed } : {}) };
}
