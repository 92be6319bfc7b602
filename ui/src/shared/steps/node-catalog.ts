import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';

/** The node types of this server, by name. */
export class NodeCatalog {
  private readonly byType = new Map<string, NodeDescriptor>();
  private readonly written = new Map<string, NodeDescriptor>();

  /** @param told what a descriptor says in the language of the page; as the server wrote it where nothing is given */
  constructor(descriptors: readonly NodeDescriptor[], told = (descriptor: NodeDescriptor) => descriptor) {
    for (const descriptor of descriptors) {
      const known = this.written.get(descriptor.type);
      if (!known || known.typeVersion < descriptor.typeVersion) this.written.set(descriptor.type, descriptor);
    }
    for (const [type, descriptor] of this.written) this.byType.set(type, told(descriptor));
  }

  /** The newest descriptor of a type; `undefined` where it is not installed. */
  find(type: string): NodeDescriptor | undefined {
    return this.byType.get(type);
  }

  /** The words of the server for a type: people may look for those as well. */
  writtenWords(type: string): string[] {
    const written = this.written.get(type);
    return written && written.label !== this.find(type)?.label ? [written.label, written.description] : [];
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
