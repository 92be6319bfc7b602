import { Injectable } from '@nestjs/common';
import type { Durability } from '@wfaib/sdk/workflow-document';
import { Settings } from '../../config/config.service.js';
import type { RunProgram } from '../runner/run-memory.js';

/** Node types that keep a run for long or make it wait for others. */
const longTypes = new Set(['core.wait', 'core.approval', 'core.call']);

/** Decides how much a run promises and what carries it: the workflow says, else the installation, else its shape. */
@Injectable()
export class DurabilityChoice {
  constructor(private readonly settings: Settings) {}

  of({ document, plan }: RunProgram, answersCaller: boolean): Exclude<Durability, 'auto'> {
    const own = document.settings.durability;
    const asked = own === 'auto' ? this.settings.defaultDurability : own;
    if (asked !== 'auto') return asked;
    const isLong = plan.nodes.some(({ type, node }) => longTypes.has(type) || node.compensateWith !== undefined);
    return answersCaller && !isLong ? 'express' : 'standard';
  }
}
