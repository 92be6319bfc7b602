import type { Command } from './command.types.js';
import { bench } from './commands/bench.command.js';
import { doctor } from './commands/doctor.command.js';
import { logs } from './commands/logs.command.js';
import { run } from './commands/run.command.js';
import { test } from './commands/test.command.js';
import { workflowDiff } from './commands/workflow-diff.command.js';
import { workflowList } from './commands/workflow-list.command.js';
import { workflowPublish } from './commands/workflow-publish.command.js';
import { workflowPull } from './commands/workflow-pull.command.js';
import { workflowPush } from './commands/workflow-push.command.js';
import { workflowReplay } from './commands/workflow-replay.command.js';
import { workflowValidate } from './commands/workflow-validate.command.js';

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [
  workflowList,
  workflowPull,
  workflowDiff,
  workflowValidate,
  workflowPush,
  workflowReplay,
  workflowPublish,
  run,
  logs,
  test,
  bench,
  doctor,
];
