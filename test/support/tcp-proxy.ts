import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire between a server and what it depends on, to be cut, stalled and slowed down. */
export interface TcpProxy {
  /** `host:port` to be used in place of the target's. */
  readonly address: string;
  /** Nothing goes through any more, and nobody is told: what a pulled plug looks like. */
  stall(): void;
  /** Everything is as it was; what was held back goes through now. */
  heal(): void;
  /** Ends all connections of the moment. */
  reset(): void;
  /** Every piece of data arrives this much later, in milliseconds. */
  delayMs: number;
  stop(): Promise<void>;
}

/** Forwards a port of the loopback address to `target` (`host:port`): `at`, else a free one. */
export async function startTcpProxy(target: string, at = 0): Promise<TcpProxy> {
  const [host, port] = target.split(':');
  const sockets = new Set<Socket>();
  let isStalled = false;

  const forward = (from: Socket, to: Socket): void => {
    sockets.add(from);
    if (isStalled) from.pause();
    from.on('data', (data: Buffer) => {
      if (proxy.delayMs === 0) return void to.write(data);
      setTimeout(() => to.destroyed || to.write(data), proxy.delayMs);
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      // What is on its way arrives before the end.
      setTimeout(() => to.destroy(), proxy.delayMs);
    });
  };
  const server = createServer((near) => {
    const far = connect(Number(port), host);
    forward(near, far);
    forward(far, near);
  });
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));

  const proxy: TcpProxy = {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    delayMs: 0,
    stall: () => {
      isStalled = true;
      for (const socket of sockets) socket.pause();
    },
    heal: () => {
      isStalled = false;
      for (const socket of sockets) socket.resume();
    },
    reset: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return proxy;
}
