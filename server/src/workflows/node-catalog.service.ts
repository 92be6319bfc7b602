import { Injectable } from '@nestjs/common';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { ConnectorCatalog } from '../connectors/connector-catalog.service.js';
import { coreNodes, describeCoreNode } from '../nodes/core-nodes.js';

/** Every node type there is: those of the server and those of the installed connectors. */
@Injectable()
export class NodeCatalog {
  constructor(private readonly connectors: ConnectorCatalog) {}

  /** The description of a node type, the newest version where none is asked for. */
  readonly describe = (type: string, version?: number): NodeDescriptor | undefined =>
    describeCoreNode(type, version) ?? this.connectors.describe(type, version);

  all(): NodeDescriptor[] {
    return [...[...coreNodes.values()].map((node) => node.descriptor), ...this.connectors.all()];
  }
}
