import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../config/config.service.js';
import type { Log } from '../logging/logger.service.js';
import { useBodyParser } from './body-parser.js';
import { ErrorFilter } from './error.filter.js';
import { MethodNotAllowed, RouteNotFound } from './http.errors.js';
import { requestIdOf } from './request-id.js';
import { RouteList } from './route-list.js';
import { securityHeaders } from './security-headers.js';
import type { UserInterface } from './user-interface.js';

/** Fastify as WFAIB uses it: request ids, headers, limits, JSON bodies, and one shape of errors. */
export class WebServer extends FastifyAdapter {
  readonly #routes = new RouteList();
  readonly #errors: ErrorFilter;

  constructor(
    private readonly settings: Settings,
    log: Log,
    private readonly ui?: UserInterface,
  ) {
    const errors = new ErrorFilter(log);
    super({
      bodyLimit: settings.bodyLimitBytes,
      trustProxy: settings.trustProxy,
      genReqId: requestIdOf,
      routerOptions: { maxParamLength: 1000, ignoreTrailingSlash: true },
      // No Express-style middleware: it would cost every request.
      skipMiddie: true,
      // An address that cannot be decoded. No hook runs for it.
      frameworkErrors: (_error: unknown, request: FastifyRequest, reply: FastifyReply) => {
        addHeaders(request, reply, settings);
        errors.answer(new RouteNotFound(request.method, request.url), request, reply);
      },
    });
    this.#errors = errors;
    this.#prepare(this.getInstance() as unknown as FastifyInstance);
  }

  #prepare(fastify: FastifyInstance): void {
    useBodyParser(fastify);
    fastify.addHook('onRoute', (route) => this.#routes.add(route.url, route.method));
    fastify.addHook('onRequest', (request, reply, done) => {
      addHeaders(request, reply, this.settings);
      done();
    });
  }

  /** Nest would answer 404 to everything unknown; a wrong method is told apart, and pages go to the user interface. */
  override setNotFoundHandler(): FastifyInstance {
    const fastify = this.getInstance() as unknown as FastifyInstance;
    return fastify.setNotFoundHandler((request, reply) => this.#notFound(request, reply));
  }

  #notFound(request: FastifyRequest, reply: FastifyReply): void {
    const path = request.url.split('?', 1)[0]!;
    const allowed = this.#routes.methodsFor(path);
    if (allowed.length > 0 && !allowed.includes(request.method))
      return this.#errors.answer(new MethodNotAllowed(request.method, path, allowed), request, reply);
    if (this.ui?.answers(request.method, path, request.headers.accept)) return void this.ui.sendPage(reply);
    this.#errors.answer(new RouteNotFound(request.method, path), request, reply);
  }
}

function addHeaders(request: FastifyRequest, reply: FastifyReply, settings: Settings): void {
  const path = request.url.split('?', 1)[0]!;
  reply.headers({ 'x-request-id': request.id, ...securityHeaders(path, settings.publicUrl.startsWith('https:')) });
}
