import { z } from 'zod';
import { pageQuery } from '../http/paging.types.js';

export const approvalId = z.uuid().meta({ title: 'approval' });
export const linkText = z.string().min(1).max(500);

/** Query of the list: `open`, or `done` for what was decided, ran out of time or ended with its run. */
export const approvalsQuery = pageQuery.extend({ status: z.enum(['open', 'done']).default('open') });
export type ApprovalsQuery = z.infer<typeof approvalsQuery>;
