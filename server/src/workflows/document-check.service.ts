import { Injectable } from '@nestjs/common';
import type { Problem, WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { NodeCatalog } from './node-catalog.service.js';
import { upcastDocument } from './upcast-document.js';
import { validateDocument } from './validate-document.js';
import { WorkflowInvalid } from './workflows.errors.js';

/** Says what is wrong with a document, against the node types that are installed now. */
@Injectable()
export class DocumentCheck {
  constructor(private readonly catalog: NodeCatalog) {}

  /** All problems of a document, whatever it is. */
  problemsOf(raw: unknown): Problem[] {
    return validateDocument(upcastDocument(raw), this.catalog.describe).problems;
  }

  /**
   * The document with all defaults filled in, ready to run.
   * @throws WorkflowInvalid where it has an error
   */
  requireRunnable(raw: unknown): WorkflowDocument {
    const { document, problems } = validateDocument(upcastDocument(raw), this.catalog.describe);
    if (document === undefined || problems.some((problem) => problem.severity === 'error')) {
      throw new WorkflowInvalid(problems);
    }
    return document;
  }
}
