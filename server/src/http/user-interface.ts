import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Paths that are never pages: an unknown one below them answers JSON. */
const notPages = /^\/(api|health|metrics|hooks|hooks-test|webhook|webhook-test|resume|assets)(\/|$)/;

/** The built pages of `ui/`. */
export class UserInterface {
  private constructor(private readonly folder: string) {}

  /** The interface in `folder`; undefined where it has not been built. */
  static in(folder: string): UserInterface | undefined {
    return existsSync(join(folder, 'index.html')) ? new UserInterface(folder) : undefined;
  }

  /** Serves the files: those with a hash in their name for ever, the rest asked for anew each time. */
  async register(fastify: FastifyInstance): Promise<void> {
    await fastify.register(fastifyStatic, {
      root: this.folder,
      wildcard: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (response, path) => {
        const isHashed = path.includes('/assets/');
        response.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }

  /** Whether an unknown address is a page that the browser side knows. */
  answers(method: string, path: string, accept: string | undefined): boolean {
    const isRead = method === 'GET' || method === 'HEAD';
    return isRead && !notPages.test(path) && (accept === undefined || /text\/html|\*\/\*/.test(accept));
  }

  sendPage(reply: FastifyReply): FastifyReply {
    return reply.sendFile('index.html');
  }
}
