import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { Access } from '../auth/access.decorator.js';
import { CurrentCaller } from '../auth/caller.decorator.js';
import type { Caller } from '../auth/caller.types.js';
import { editingAsk, editorTab, type EditingAsk, type EditingView } from './workflow-editing.schemas.js';
import { WorkflowEditing } from './workflow-editing.service.js';
import { workflowId } from './workflows.schemas.js';

/** One browser tab edits a workflow at a time; the others look on. */
@Controller('api/workflows')
export class WorkflowEditingController {
  constructor(private readonly editing: WorkflowEditing) {}

  /** An editor shows that it is there, every few seconds, and hears whose turn it is. */
  @Post(':id/editing')
  @HttpCode(200)
  @Access('workflow:edit')
  tell(
    @Param('id', { schema: workflowId }) id: string,
    @Body({ schema: editingAsk }) body: EditingAsk,
    @CurrentCaller() caller: Caller,
  ): Promise<EditingView> {
    return this.editing.tell(caller, id, body);
  }

  /** The tab is closed: its turn ends, unless it comes back within some seconds. */
  @Delete(':id/editing/:tab')
  @HttpCode(204)
  @Access('workflow:edit')
  leave(
    @Param('id', { schema: workflowId }) id: string,
    @Param('tab', { schema: editorTab }) tab: string,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.editing.leave(caller.userId, id, tab);
  }
}
