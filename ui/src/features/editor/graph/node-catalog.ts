import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';

/** The node types of this server, by name. */
export class NodeCatalog {
  private readonly byType = new Map<string, NodeDescriptor>();

  constructor(readonly descriptors: readonly NodeDescriptor[]) {
    for (const descriptor of descriptors) {
      const known = this.byType.get(descriptor.type);
      if (!known || known.typeVersion < descriptor.typeVersion) this.byType.set(descriptor.type, descriptor);
    }
  }

  /** The newest descriptor of a type; `undefined` where it is not installed. */
  find(type: string): NodeDescriptor | undefined {
    return this.byType.get(type);
  }

  isTrigger(type: string): boolean {
    return this.find(type)?.isTrigger ?? false;
  }

  /** Only a loop may have a connection back to it. */
  isLoop(type: string): boolean {
    return type === 'core.loop';
  }

  /** Newest version of every type. */
  all(): NodeDescriptor[] {
    return [...this.byType.values()];
  }
}
