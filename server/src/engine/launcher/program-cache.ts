import { Injectable } from '@nestjs/common';
import { workflowDocument, type WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { compilePlan } from '../../plan/compile-plan.js';
import { JournalReader } from '../journal/journal-reader.js';
import type { RunProgram } from '../runner/run-memory.js';
import { NodeCatalog } from '../../workflows/node-catalog.service.js';
import { RunDocumentMissing } from './launcher.errors.js';

const maxPrograms = 500;

/** Documents and their plans, compiled once per content. */
@Injectable()
export class ProgramCache {
  readonly #byHash = new Map<string, RunProgram>();
  readonly #byDocument = new WeakMap<WorkflowDocument, RunProgram>();

  constructor(
    private readonly journal: JournalReader,
    private readonly catalog: NodeCatalog,
  ) {}

  /** @throws PlanImpossible where the document cannot run */
  of(document: WorkflowDocument): RunProgram {
    const known = this.#byDocument.get(document);
    if (known) return known;
    const plan = compilePlan(document, this.catalog.describe);
    const program = this.#byHash.get(plan.hash) ?? { document, plan, hash: plan.hash };
    this.#byDocument.set(document, program);
    this.#keep(program);
    return program;
  }

  /** @throws RunDocumentMissing where no run was ever started from it */
  async byHash(hash: string): Promise<RunProgram> {
    const known = this.#byHash.get(hash);
    if (known) return this.#keep(known);
    const text = await this.journal.documentText(hash);
    if (text === undefined) throw new RunDocumentMissing(hash);
    const document = workflowDocument.parse(JSON.parse(text));
    const plan = compilePlan(document, this.catalog.describe);
    return this.#keep({ document, plan, hash });
  }

  #keep(program: RunProgram): RunProgram {
    this.#byHash.delete(program.hash);
    this.#byHash.set(program.hash, program);
    if (this.#byHash.size > maxPrograms) this.#byHash.delete(this.#byHash.keys().next().value!);
    return program;
  }
}
