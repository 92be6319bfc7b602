import { Injectable } from '@nestjs/common';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { say, tell } from '@wfaib/sdk/sentence';
import { CredentialsService } from '../credentials/credentials.service.js';
import type { Tx } from '../database/unit-of-work.service.js';
import { isObject } from '../nodes/field-values.js';
import { isEmptyValue, isShown } from '../nodes/shown-fields.js';
import { NodeCatalog } from './node-catalog.service.js';
import { readDraft, type DraftNode } from './validate-document-draft.js';

/** A slot of a step that names a credential. */
interface Named {
  credentialId: string;
  node: DraftNode;
  slot: string;
}

/** What is wrong with the credentials that documents name: which ones there are, only the database knows. */
@Injectable()
export class NamedCredentials {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly catalog: NodeCatalog,
  ) {}

  /** One that is not there is an error; one whose last test failed a warning: its service may be back by now. */
  async problemsOf(tx: Tx, projectId: string, raw: unknown): Promise<Problem[]> {
    return (await this.problemsOfEach(tx, projectId, [raw]))[0]!;
  }

  /** The same of several documents, in their order. */
  async problemsOfEach(tx: Tx, projectId: string, documents: readonly unknown[]): Promise<Problem[][]> {
    const named = documents.map((raw) => this.namedIn(raw));
    const ids = [...new Set(named.flat().map(({ credentialId }) => credentialId))];
    const states = ids.length === 0 ? [] : await this.credentials.states(tx, projectId, ids);
    const known = new Map(states.map((state) => [state.id, state]));
    return named.map((each) =>
      each.flatMap(({ credentialId, node, slot }): Problem[] => {
        const state = known.get(credentialId);
        const place = { nodeId: node.id, field: `credentials.${slot}` };
        if (state === undefined) {
          const absent = say`"${{ name: node.name }}" uses a credential that is not in this project: it was deleted, or comes from elsewhere. Choose another one.`;
          return [{ severity: 'error', code: 'credential.unknown', ...tell(absent), ...place }];
        }
        if (!state.isFailing) return [];
        const refused = say`"${{ name: node.name }}" uses the credential "${{ credential: state.name }}", which its service refused when it was tested last. Mend it and test it again.`;
        return [{ severity: 'warning', code: 'credential.failing', ...tell(refused), ...place }];
      }),
    );
  }

  /** Of steps that run, in slots that are shown. */
  private namedIn(raw: unknown): Named[] {
    if (!isObject(raw)) return [];
    return readDraft(raw)
      .nodes.filter(({ disabled }) => !disabled)
      .flatMap((node) => {
        const descriptor = this.catalog.describe(node.type, node.typeVersion);
        const slots = (descriptor?.credentials ?? []).filter(({ slot, showWhen }) => {
          const isUsed = isShown(showWhen, node.parameters, descriptor!.fields);
          return isUsed && !isEmptyValue(node.credentials[slot]);
        });
        return slots.map(({ slot }) => ({ credentialId: String(node.credentials[slot]), node, slot }));
      });
  }
}
