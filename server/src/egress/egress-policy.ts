import { BlockList, isIP, isIPv6 } from 'node:net';
import { closedNetworks, isListed } from './closed-networks.js';
import { EgressBlocked, InvalidEgressRule } from './egress.errors.js';
import type { EgressRules } from './egress.types.js';

/** Decides which addresses may be connected to. Pure: names are resolved elsewhere. */
export class EgressPolicy {
  private readonly closed = closedNetworks();
  private readonly open = new BlockList();
  /** Opened by name or address, for one port or for all (`undefined`). */
  private readonly openHosts: { host: string; port: number | undefined }[] = [];

  /** @throws InvalidEgressRule */
  constructor(private readonly rules: EgressRules) {
    for (const entry of rules.allow) this.addRule(entry.trim());
  }

  /** @throws InvalidEgressRule for an entry that means nothing */
  static check(allow: readonly string[]): EgressPolicy {
    return new EgressPolicy({ allow, protect: [] });
  }

  /**
   * @param host what was asked for: a name or an address
   * @param address the IP address the connection would go to
   * @throws EgressBlocked
   */
  check(host: string, address: string, port: number): void {
    if (this.isNamed(host, port) || this.isNamed(address, port)) return;
    if (this.isOwn(host, address, port)) {
      const own = `${host}:${port}`;
      throw new EgressBlocked(own, `${own} is one of the server's own stores`, own);
    }
    if (!isListed(this.closed, address) || isListed(this.open, address) || this.isNamedWithoutPort(host)) return;
    const shown = host === address ? host : `${host} (${address})`;
    throw new EgressBlocked(shown, `${shown} is in a private network`, suggestion(address));
  }

  /** A store of the product itself: reachable only where host and port are opened by name. */
  private isOwn(host: string, address: string, port: number): boolean {
    const here = this.rules.protect.filter((endpoint) => endpoint.port === port);
    return here.some((own) => own.host === host || own.addresses.some((one) => isSameMachine(one, address)));
  }

  private isNamed(host: string, port: number): boolean {
    return this.openHosts.some((open) => open.host === host.toLowerCase() && open.port === port);
  }

  private isNamedWithoutPort(host: string): boolean {
    return this.openHosts.some((open) => open.host === host.toLowerCase() && open.port === undefined);
  }

  private addRule(entry: string): void {
    const [network, prefix] = entry.split('/') as [string, string?];
    const family = isIPv6(network) ? 'ipv6' : 'ipv4';
    const isAddress = isIP(network) !== 0;
    if (prefix !== undefined) {
      if (!isAddress || !isPrefix(prefix, family)) throw new InvalidEgressRule(entry);
      this.open.addSubnet(network, Number(prefix), family);
    } else if (isAddress) this.open.addAddress(network, family);
    else this.openHosts.push(hostRule(entry));
  }
}

function isPrefix(text: string, family: 'ipv4' | 'ipv6'): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) <= (family === 'ipv6' ? 128 : 32);
}

/** `host`, `host:port` or `[v6]:port`. */
function hostRule(entry: string): { host: string; port: number | undefined } {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i.exec(entry);
  if (!match || Number(match[2] ?? 1) > 65_535) throw new InvalidEgressRule(entry);
  const host = match[1]!.replace(/^\[|\]$/g, '').toLowerCase();
  return { host, port: match[2] === undefined ? undefined : Number(match[2]) };
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
loopback.addAddress('0.0.0.0', 'ipv4');
loopback.addAddress('::', 'ipv6');

/** Two addresses of this machine are the same place. */
function isSameMachine(one: string, other: string): boolean {
  return one === other || (isListed(loopback, one) && isListed(loopback, other));
}

function suggestion(address: string): string {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  return isIPv6(plain) ? `${plain}/128` : `${plain}/32`;
}
