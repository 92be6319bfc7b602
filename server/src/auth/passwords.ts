import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** OWASP's advice and more: 64 MiB, three passes (about 0.2 s of one core). */
const cost = { memory: 65_536, passes: 3, parallelism: 1, tagLength: 32 };
/** Password checks at a time. Each takes 64 MiB, so without a limit signing in would be a way to use up the memory. */
const maxParallel = 2;

let running = 0;
const waiting: (() => void)[] = [];

/** Hashes a password with argon2id, in PHC string format. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const { memory, passes, parallelism } = cost;
  const hash = await takeTurn(() => derive('argon2id', { ...cost, message: password.normalize('NFKC'), nonce: salt }));
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** Whether the password belongs to the hash. Takes as long without a hash, so that unknown people cannot be told apart. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const parsed = parse(stored ?? absent);
  const { hash, salt, memory, passes, parallelism } = parsed;
  const message = password.normalize('NFKC');
  const choices = { message, nonce: salt, memory, passes, parallelism, tagLength: hash.length };
  const found = await takeTurn(() => derive('argon2id', choices));
  return timingSafeEqual(found, hash) && stored !== undefined;
}

const absent = `$argon2id$v=19$m=65536,t=3,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

function parse(stored: string) {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored);
  if (!match) throw new Error('A stored password hash cannot be read.');
  const [, memory, passes, parallelism, salt, hash] = match;
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt!, 'base64'),
    hash: Buffer.from(hash!, 'base64'),
  };
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

async function takeTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= maxParallel) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
