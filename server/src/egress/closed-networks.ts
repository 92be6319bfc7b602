import { BlockList, isIPv6 } from 'node:net';

/**
 * Networks that are closed unless opened: this machine, private and shared ranges, link-local (cloud metadata),
 * documentation, multicast, and the IPv6 ranges that carry IPv4 addresses inside.
 * @see IANA special-purpose address registries: https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const closed4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

const closed6 = [
  // Without it `::127.0.0.1` (IPv4-compatible) passes.
  ['::', 96],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const;

/** All closed networks as one list. IPv4-mapped IPv6 addresses are matched as the IPv4 address they hold. */
export function closedNetworks(): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of closed4) list.addSubnet(network, prefix, 'ipv4');
  for (const [network, prefix] of closed6) list.addSubnet(network, prefix, 'ipv6');
  return list;
}

/** Whether an IP address is in a list; zone ids (`%eth0`) do not matter. */
export function isListed(list: BlockList, address: string): boolean {
  const plain = address.replace(/%.*$/, '');
  return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
}
