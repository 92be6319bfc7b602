import type { Choice } from '@wfaib/sdk/fields';
import { get } from '../../../api/client.js';
import type { Page, Workflow, WorkflowSummary } from '../../../api/types.js';
import type { LookUp } from '../../../shared/form/form-environment.js';

const idShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const most = 50;

/** The workflows of this project by name. An id finds the one it is of. */
export const workflowLookUp: LookUp = {
  isNear: true,
  requestOf: (_field, search) => ({ workflows: search }),
  load: async (request) => {
    const { workflows: search } = request as { workflows: string };
    return idShape.test(search) ? oneOf(search) : named(search);
  },
};

async function oneOf(id: string): Promise<Choice[]> {
  const { name } = await get<Workflow>(`/api/workflows/${id}`);
  return [{ value: id, label: name }];
}

/** Of several with one name each says which it is. */
async function named(q: string): Promise<Choice[]> {
  const { items } = await get<Page<WorkflowSummary>>('/api/workflows', { query: { q, limit: most } });
  return items.map(({ id, name }) => {
    const isAlone = items.filter((other) => other.name === name).length === 1;
    return { value: id, label: isAlone ? name : `${name} (${id.slice(-4)})` };
  });
}
