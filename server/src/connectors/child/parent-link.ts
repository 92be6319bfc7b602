import { Socket } from 'node:net';
import type { Answer, AskError, ChildQuestion, FromChild, ToChild } from './child-protocol.types.js';
import { FrameReader, maxFrameBytes, writeFrame, writeText } from './frames.js';

/** The child's end of the pipe to the server (file descriptor 3). When the server is gone, so is the child. */
export class ParentLink {
  private readonly socket = new Socket({ fd: 3, readable: true, writable: true });
  private readonly waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  private lastAsk = 0;

  listen(onMessage: (message: ToChild) => void): void {
    const reader = new FrameReader((message, bytes) => this.take(message as ToChild, bytes, onMessage));
    this.socket.on('data', (chunk: Buffer) => reader.push(chunk));
    this.socket.on('close', () => process.exit(0));
    this.socket.on('error', () => process.exit(0));
  }

  send(message: FromChild, bytes?: Uint8Array): void {
    writeFrame(this.socket, message, bytes);
  }

  /** Sends the answer of a call. Answers false, and sends nothing, where it is too large. */
  sendResult(id: number, value: unknown): boolean {
    const text = Buffer.from(JSON.stringify({ type: 'result', id, value: value ?? null } satisfies FromChild), 'utf8');
    if (text.length > maxFrameBytes) return false;
    writeText(this.socket, text);
    return true;
  }

  /** Asks the server for something on behalf of call `id`; `bytes` go with the question. */
  ask(id: number, question: ChildQuestion, bytes?: Uint8Array): Promise<Answer> {
    const ask = ++this.lastAsk;
    return new Promise((resolve, reject) => {
      this.waiting.set(ask, { resolve, reject });
      this.send({ type: 'ask', id, ask, question }, bytes);
    });
  }

  private take(message: ToChild, bytes: Buffer, onMessage: (message: ToChild) => void): void {
    if (message.type !== 'answer') return onMessage(message);
    const waiting = this.waiting.get(message.ask);
    this.waiting.delete(message.ask);
    if (message.error === undefined) waiting?.resolve({ value: message.value, bytes });
    else waiting?.reject(asError(message.error));
  }
}

function asError({ message, ...more }: AskError): Error {
  return Object.assign(new Error(message), more);
}
