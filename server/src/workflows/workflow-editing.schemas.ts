import { z } from 'zod';

/** Name a browser tab gives itself. */
export const editorTab = z.string().min(1).max(64);

/** Body of `POST /api/workflows/:id/editing`: which tab it is, whether its person did something since, what it wants. */
export const editingAsk = z
  .strictObject({
    tab: editorTab,
    active: z.boolean().default(false),
    want: z.enum(['hold', 'ask', 'take', 'keep', 'give']).default('hold'),
  })
  .meta({ id: 'EditingAsk' });
export type EditingAsk = z.infer<typeof editingAsk>;

/** Whose turn it is to edit, as one tab sees it. */
export interface EditingView {
  /** Of the draft, so that who only looks on knows when to load it again. */
  revision: number;
  /** Whether the tab that asked may edit. */
  mine: boolean;
  /** `name` is `null` where the account is gone. */
  holder: { name: string | null; you: boolean; activeAt: Date };
  /** Who asked to take over. */
  asked: { name: string | null; you: boolean; at: Date } | null;
  /** Whether this tab may take over at once. */
  mayTake: boolean;
}
