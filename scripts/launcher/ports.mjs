import { connect, createServer } from 'node:net';

/** Whether something could listen on this port now. */
export function isFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The wished port where it is free, else one the system picks; 0 wishes none. */
export async function pickPort(wished) {
  if (wished !== 0 && (await isFree(wished))) return wished;
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Whether somebody answers on this port. */
export function answers(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1_000 });
    const end = (result) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

/** Waits until somebody answers on the port; false when `giveUp` says so or the time is over. */
export async function untilAnswers(port, timeoutMs, giveUp = () => false) {
  const end = performance.now() + timeoutMs;
  while (performance.now() < end && !giveUp()) {
    if (await answers(port)) return true;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return false;
}
