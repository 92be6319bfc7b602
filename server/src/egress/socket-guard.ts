import dgram from 'node:dgram';
import type { lookup } from 'node:dns';
import { isIP, Socket, type TcpSocketConnectOpts } from 'node:net';
import type { EgressPolicy } from './egress-policy.js';
import { EgressBlocked } from './egress.errors.js';
import { guardedLookup } from './guarded-lookup.js';

type AnyOptions = Partial<TcpSocketConnectOpts> & { path?: string };

/**
 * Puts the guard into this process for good: every TCP connection of any library (database drivers, `fetch`) is checked
 * and goes to the checked address; Unix sockets and UDP are closed. For child processes that run connectors only.
 */
export function guardAllSockets(policy: EgressPolicy): void {
  // oxlint-disable-next-line typescript/unbound-method -- it is called with the socket as `this`
  const connect = Socket.prototype.connect as (this: Socket, ...args: unknown[]) => Socket;
  const guarded = function (this: Socket, ...args: unknown[]): Socket {
    const { options, listener, replace } = readArguments(args);
    if (options.path !== undefined)
      return refuse(this, new EgressBlocked(options.path, `${options.path} is a local socket`, 'its TCP address'));
    const port = Number(options.port);
    const host = (options.host ?? 'localhost').replace(/^\[|\]$/g, '');
    const refusal = isIP(host) === 0 ? undefined : refusalOf(policy, host, host, port);
    if (refusal) return refuse(this, refusal);
    this.prependOnceListener('connect', () => {
      const late = refusalOf(policy, host, this.remoteAddress ?? '', port);
      if (late) this.destroy(late);
    });
    const resolve = options.lookup as typeof lookup | undefined;
    return connect.apply(this, replace({ ...options, lookup: guardedLookup(policy, port, resolve) }, listener));
  };
  seal(Socket.prototype, 'connect', guarded);
  seal(dgram, 'createSocket', () => {
    throw new EgressBlocked('UDP', 'UDP is closed to connectors', 'nothing: use TCP. No entry opens it');
  });
}

function refuse(socket: Socket, error: Error): Socket {
  process.nextTick(() => socket.destroy(error));
  return socket;
}

function refusalOf(policy: EgressPolicy, host: string, address: string, port: number): Error | undefined {
  try {
    policy.check(host, address, port);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** `connect` takes (options), (port, host), (path), or a list that Node has normalised already. */
function readArguments(args: unknown[]) {
  const [first] = args;
  if (Array.isArray(first)) {
    const replace = (options: AnyOptions) => {
      first[0] = options;
      return [first];
    };
    return { options: first[0] as AnyOptions, listener: undefined, replace };
  }
  const listener = args.find((argument) => typeof argument === 'function');
  const replace = (options: AnyOptions, then: unknown) => (then === undefined ? [options] : [options, then]);
  if (typeof first === 'object' && first !== null) return { options: first as AnyOptions, listener, replace };
  if (typeof first === 'string' && Number.isNaN(Number(first))) return { options: { path: first }, listener, replace };
  const host = typeof args[1] === 'string' ? { host: args[1] } : {};
  return { options: { port: Number(first), ...host } as AnyOptions, listener, replace };
}

function seal(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: false, configurable: false, enumerable: true });
}
