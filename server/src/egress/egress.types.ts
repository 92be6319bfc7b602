/** A host and port of the product itself, with the addresses the host had when the server started. */
export interface Endpoint {
  host: string;
  port: number;
  addresses: readonly string[];
}

/** What may be reached besides the public internet; plain JSON, so that it can be handed to child processes. */
export interface EgressRules {
  /** Networks (`10.0.0.0/8`), addresses, hosts, or hosts with a port. */
  allow: readonly string[];
  /** The product's own stores: closed even inside an opened network, unless named with host and port. */
  protect: readonly Endpoint[];
}
