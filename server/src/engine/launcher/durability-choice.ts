import { Injectable } from '@nestjs/common';
import type { Durability, WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { Settings } from '../../config/config.service.js';
import type { RunProgram } from '../runner/run-memory.js';
import { TemporalPresence } from '../temporal/temporal-presence.js';

/** Node types that keep a run for long or make it wait for others. */
const longTypes = new Set(['core.wait', 'core.approval', 'core.call']);

/**
 * Decides how much a run promises and what carries it: the workflow says, else the installation, else its shape. What is
 * left to its shape goes to the queue while Temporal has been silent for long; what asks for Temporal waits for it.
 */
@Injectable()
export class DurabilityChoice {
  constructor(
    private readonly settings: Settings,
    private readonly presence: TemporalPresence,
  ) {}

  of({ document, plan }: RunProgram, answersCaller: boolean): Exclude<Durability, 'auto'> {
    const asked = this.#askedBy(document);
    if (asked !== 'auto') return asked;
    const isLong = plan.nodes.some(({ type, node }) => longTypes.has(type) || node.compensateWith !== undefined);
    if (answersCaller && !isLong) return 'express';
    return this.presence.isMissed ? 'queue' : 'standard';
  }

  /** Whether neither the workflow nor the installation says what is to carry its runs. */
  isLeftOpenBy(document: WorkflowDocument): boolean {
    return this.#askedBy(document) === 'auto';
  }

  #askedBy({ settings: { durability } }: WorkflowDocument): Durability {
    return durability === 'auto' ? this.settings.defaultDurability : durability;
  }
}
