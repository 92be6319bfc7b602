import { describe, expect, it } from 'vitest';
import { EgressPolicy } from './egress-policy.js';

const policy = (allow: string[] = [], protect: { host: string; port: number; addresses: string[] }[] = []) =>
  new EgressPolicy({ allow, protect });
const blocked = expect.objectContaining({ code: 'egress.blocked' });

describe('without settings', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.100.100.200',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:169.254.169.254',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
  ])('%s is closed', (address) => {
    expect(() => policy().check(address, address, 80)).toThrow(blocked);
  });

  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
  ])('%s is open', (address) => {
    expect(() => policy().check(address, address, 443)).not.toThrow();
  });

  it('says which host, and which setting opens it', () => {
    expect(() => policy().check('intranet.example', '10.0.0.7', 80)).toThrow(
      'intranet.example (10.0.0.7) is in a private network. To let workflows reach it, add 10.0.0.7/32 to WFAIB_EGRESS_ALLOW.',
    );
  });
});

describe('WFAIB_EGRESS_ALLOW', () => {
  it.each([
    ['a network', '127.0.0.0/8', 'localhost', '127.0.0.1'],
    ['a network, reached as IPv4-mapped IPv6', '127.0.0.0/8', '::ffff:127.0.0.1', '::ffff:127.0.0.1'],
    ['an IPv6 network', 'fd00::/8', 'a.example', 'fd12::1'],
    ['an address', '10.0.0.7', '10.0.0.7', '10.0.0.7'],
    ['a host', 'Intranet.example', 'intranet.example', '10.0.0.7'],
    ['a host with its port', 'intranet.example:80', 'intranet.example', '10.0.0.7'],
  ])('opens %s', (_, entry, host, address) => {
    expect(() => policy([entry]).check(host, address, 80)).not.toThrow();
  });

  it.each([
    ['another network', '10.0.0.0/8', '127.0.0.1', '127.0.0.1'],
    ['another host', 'intranet.example', 'other.example', '10.0.0.7'],
    ['another port', 'intranet.example:81', 'intranet.example', '10.0.0.7'],
  ])('does not open %s', (_, entry, host, address) => {
    expect(() => policy([entry]).check(host, address, 80)).toThrow(blocked);
  });

  it.each(['10.0.0.0/33', '10.0.0.0/x', 'fd00::/129', 'a b', 'host:99999', 'http://x', '10.0.0/8'])(
    'refuses "%s"',
    (entry) => {
      expect(() => policy([entry])).toThrow(`WFAIB_EGRESS_ALLOW holds "${entry}"`);
    },
  );
});

describe("the product's own stores", () => {
  const own = [{ host: 'db.internal', port: 5432, addresses: ['127.0.0.1', '10.0.0.5'] }];

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['localhost', '::1'],
    ['alias.example', '10.0.0.5'],
    ['db.internal', '8.8.8.8'],
  ])('stay closed inside an opened network (%s, %s)', (host, address) => {
    const open = policy(['127.0.0.0/8', '::1/128', '10.0.0.0/8'], own);
    expect(() => open.check(host, address, 5432)).toThrow(blocked);
  });

  it('are opened only by host and port, and other ports are not theirs', () => {
    expect(() => policy(['127.0.0.1:5432'], own).check('127.0.0.1', '127.0.0.1', 5432)).not.toThrow();
    expect(() => policy(['127.0.0.0/8'], own).check('127.0.0.1', '127.0.0.1', 5433)).not.toThrow();
  });
});
