import { Injectable } from '@nestjs/common';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { say, tell, type Sentence } from '@wfaib/sdk/sentence';
import { UserDirectory } from '../auth/user-directory.service.js';
import type { Tx } from '../database/unit-of-work.service.js';
import { Mailer } from '../mail/mailer.service.js';
import { approversIn } from '../nodes/approvers.js';
import { isObject } from '../nodes/field-values.js';
import { asTexts } from '../nodes/parameter-shapes.js';
import { readDraft } from './validate-document-draft.js';

/** An approval, and as much of whom it asks as stands in the document. */
interface Asked {
  nodeId: string;
  name: string;
  /** Addresses of people; an id of a user is somebody who has an inbox. */
  addresses: string[];
  /** How many of those who may control runs have to approve; absent where somebody is named. */
  required?: number;
}

/** Approvals that wait for people who cannot be told, or are too few: who there is, and whether mail is sent, only the installation knows. */
@Injectable()
export class NamedApprovers {
  constructor(
    private readonly users: UserDirectory,
    private readonly mailer: Mailer,
  ) {}

  /** Warnings all of them: settings and people may come before it is asked. */
  async problemsOf(tx: Tx, projectId: string, raw: unknown): Promise<Problem[]> {
    const asked = askedIn(raw);
    return [...(await this.untold(tx, asked)), ...(await this.tooFew(tx, projectId, asked))];
  }

  private async untold(tx: Tx, asked: Asked[]): Promise<Problem[]> {
    const addresses = [...new Set(asked.flatMap((each) => each.addresses))];
    if (this.mailer.isConfigured || addresses.length === 0) return [];
    const known = await this.users.knownAmong(tx, addresses);
    return asked.flatMap(({ nodeId, name, addresses: all }) => {
      const strangers = all.filter((address) => !known.has(address));
      if (strangers.length === 0) return [];
      const fault = say`"${{ name }}" asks ${{ strangers: strangers.join(', ') }} by mail, and no mail is sent here. Set WFAIB_SMTP_URL, or ask people who have an account.`;
      return [warning(nodeId, 'approvers', fault)];
    });
  }

  private async tooFew(tx: Tx, projectId: string, asked: Asked[]): Promise<Problem[]> {
    const open = asked.filter(({ required = 1 }) => required > 1);
    if (open.length === 0) return [];
    const people = await this.users.countThoseWhoMay(tx, projectId, 'run:control');
    return open.flatMap(({ nodeId, name, required = 1 }) => {
      if (required <= people) return [];
      const fault = say`"${{ name }}" needs ${{ required }} people to approve; people who may control runs in this project: ${{ people }}. Name who is to approve, or ask fewer.`;
      return [warning(nodeId, 'required', fault)];
    });
  }
}

function warning(nodeId: string, parameter: string, fault: Sentence): Problem {
  return { severity: 'warning', code: 'parameter.invalid', nodeId, field: `parameters.${parameter}`, ...tell(fault) };
}

/** Expressions are for the run; disabled steps ask nobody. */
function askedIn(raw: unknown): Asked[] {
  if (!isObject(raw)) return [];
  const approvals = readDraft(raw).nodes.filter(({ type, disabled }) => type === 'core.approval' && !disabled);
  return approvals.map(({ id: nodeId, name, parameters: { approvers, required } }) => {
    const texts = asTexts(approvers);
    const written = texts.filter((text) => !text.startsWith('='));
    const named = approversIn(written);
    const isOpen = named.length === 0 && written.length === texts.length && typeof required === 'number';
    return { nodeId, name, addresses: named.filter((text) => text.includes('@')), ...(isOpen ? { required } : {}) };
  });
}
