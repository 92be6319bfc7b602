import type { Command } from '../command.types.js';
import { WorkflowDirectory } from '../server/workflow-directory.js';

export const workflowList: Command = {
  name: 'workflow list',
  usage: '[part of the name]',
  summary: 'Lists the workflows of the server.',
  options: {},
  help: {},
  names: [0, 1],
  async run({ output, api, names: [q] }) {
    const workflows = await new WorkflowDirectory(api).list(q);
    output.json(workflows);
    for (const { id, revision, live, name } of workflows)
      output.line(`${id}  r${revision}`.padEnd(44) + (live === null ? 'draft' : `v${live}`).padEnd(8) + name);
    if (workflows.length === 0) output.line('There are no workflows.');
    return 0;
  },
};
