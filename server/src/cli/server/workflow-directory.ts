import { CommandFailed, CommandRefused } from '../cli.errors.js';
import type { RawDocument } from '../documents/canonical-text.js';
import type { ApiClient } from './api-client.js';
import type { ServerWorkflow, ServerWorkflowSummary } from './server-types.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The workflows of a server, found as people name them. */
export class WorkflowDirectory {
  constructor(private readonly api: ApiClient) {}

  /** All workflows whose name holds `q`. */
  async list(q = ''): Promise<ServerWorkflowSummary[]> {
    const found: ServerWorkflowSummary[] = [];
    let cursor: string | null = null;
    do {
      const query = new URLSearchParams({ q, limit: '100', ...(cursor === null ? {} : { cursor }) });
      const page: { items: ServerWorkflowSummary[]; nextCursor: string | null } = await this.api.get(
        `/api/workflows?${query.toString()}`,
      );
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  }

  /** @throws CommandRefused where there is none */
  get(id: string): Promise<ServerWorkflow> {
    return this.api.get(`/api/workflows/${encodeURIComponent(id)}`);
  }

  /** Its id for an id or a whole name. @throws CommandRefused where there is none of this name, or several */
  async idOf(idOrName: string): Promise<string> {
    if (uuid.test(idOrName)) return idOrName;
    const [first, second] = await this.named(idOrName);
    if (first === undefined)
      throw new CommandRefused('cli.workflowUnknown', `The server has no workflow named "${idOrName}".`);
    if (second !== undefined)
      throw new CommandRefused('cli.workflowAmbiguous', `Several workflows are named "${idOrName}": use an id.`);
    return first.id;
  }

  /** All with exactly this name. */
  async named(name: string): Promise<ServerWorkflowSummary[]> {
    return (await this.list(name.slice(0, 200))).filter((workflow) => workflow.name === name);
  }

  /** The document of a version: its number, `live` or `draft`. */
  async documentOf(workflow: ServerWorkflow, version: string): Promise<RawDocument> {
    if (version === 'draft') return workflow.draft;
    const number = version === 'live' ? workflow.live : Number(version);
    if (number === null)
      throw new CommandRefused('workflow.notLive', `No version of "${workflow.name}" is live. Publish it first.`);
    if (!Number.isInteger(number))
      throw new CommandFailed('cli.usage', `--version is "${version}"; it takes a number, "live" or "draft".`);
    const { document } = await this.api.get<{ document: RawDocument }>(
      `/api/workflows/${workflow.id}/versions/${number}`,
    );
    return document;
  }
}
