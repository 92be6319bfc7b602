import { Injectable } from '@nestjs/common';
import type { ConnectorDescriptor, CredentialKind } from '@wfaib/sdk/connector-descriptor';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';

/** A credential kind with the connector that can test it. */
export type KnownCredentialKind = CredentialKind & { connectorId: string };

/** Kinds that no connector needs to bring: the server itself checks callers of webhooks with them. */
const builtInKinds: KnownCredentialKind[] = [
  {
    kind: 'hmac',
    label: 'Signing secret',
    help: 'The secret that the sender of a webhook signs its requests with.',
    fields: { secret: { kind: 'secret', label: 'Secret', required: true, expressions: false } },
    canTest: false,
    connectorId: 'core',
  },
];

/** All connectors of this installation as they described themselves; filled before the server listens. */
@Injectable()
export class ConnectorCatalog {
  private connectors = new Map<string, ConnectorDescriptor>();
  private nodes = new Map<string, NodeDescriptor[]>();
  private credentialKinds = new Map<string, KnownCredentialKind>();

  /** Replaces what is known. */
  load(descriptors: ConnectorDescriptor[]): void {
    this.connectors = new Map(descriptors.map((descriptor) => [descriptor.id, descriptor]));
    this.nodes = new Map();
    this.credentialKinds = new Map(builtInKinds.map((kind) => [kind.kind, kind]));
    for (const descriptor of descriptors) {
      for (const node of descriptor.nodes) this.nodes.set(node.type, [...(this.nodes.get(node.type) ?? []), node]);
      for (const kind of descriptor.auth) this.addKind(descriptor.id, kind);
    }
  }

  /** The descriptor of a node type; the newest version where none is given. */
  describe(type: string, version?: number): NodeDescriptor | undefined {
    const versions = this.nodes.get(type) ?? [];
    if (version !== undefined) return versions.find((node) => node.typeVersion === version);
    return versions.reduce<NodeDescriptor | undefined>(
      (newest, node) => (newest && newest.typeVersion >= node.typeVersion ? newest : node),
      undefined,
    );
  }

  /** All node types of all connectors. */
  all(): NodeDescriptor[] {
    return [...this.nodes.values()].flat();
  }

  /** All connectors, by label. */
  connectorList(): ConnectorDescriptor[] {
    return [...this.connectors.values()].sort((one, other) => one.label.localeCompare(other.label));
  }

  /** All kinds of credentials that some connector takes. */
  kinds(): KnownCredentialKind[] {
    return [...this.credentialKinds.values()];
  }

  /** The kind with this name, or undefined. */
  kind(name: string): KnownCredentialKind | undefined {
    return this.credentialKinds.get(name);
  }

  /** Shared kinds (`basic`, `header`, …) look the same in all connectors: the first one counts. */
  private addKind(connectorId: string, kind: CredentialKind): void {
    if (!this.credentialKinds.has(kind.kind)) this.credentialKinds.set(kind.kind, { ...kind, connectorId });
  }
}
