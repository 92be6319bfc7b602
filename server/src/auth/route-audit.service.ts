import { Injectable, RequestMethod, type OnModuleInit } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/internal';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { RouteWithoutAccess } from './auth.errors.js';
import type { Permission } from './permissions.types.js';
import { accessOf } from './route-access.js';

/** A route and who may use it. */
export interface AuditedRoute {
  /** For example `GET /api/workflows/:id`. */
  route: string;
  access: Permission | 'public' | undefined;
}

/** Looks at all routes when the server starts, so that none is open by mistake. */
@Injectable()
export class RouteAudit implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws {RouteWithoutAccess} which stops the start. */
  onModuleInit(): void {
    const open = this.routes().filter(({ access }) => access === undefined);
    if (open.length > 0) throw new RouteWithoutAccess(open.map(({ route }) => route));
  }

  /** All routes, sorted. */
  routes(): AuditedRoute[] {
    const all = this.discovery.getControllers().flatMap(({ metatype }) => (metatype ? this.routesOf(metatype) : []));
    return all.sort((a, b) => (a.route < b.route ? -1 : 1));
  }

  private routesOf(
    controller: NonNullable<ReturnType<DiscoveryService['getControllers']>[number]['metatype']>,
  ): AuditedRoute[] {
    const prototype = controller.prototype as Record<string, object>;
    const bases = pathsOf(controller);
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name]!;
      if (Reflect.getMetadata(PATH_METADATA, handler) === undefined) return [];
      const access = accessOf(handler, controller);
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number]!;
      return bases.flatMap((base) =>
        pathsOf(handler).map((path) => ({ route: `${method} ${join(base, path)}`, access })),
      );
    });
  }
}

function pathsOf(target: object): string[] {
  return [Reflect.getMetadata(PATH_METADATA, target) as string | string[]].flat();
}

function join(base: string, path: string): string {
  return `/${[base, path]
    .map((part) => part.replace(/^\/+|\/+$/g, ''))
    .filter((part) => part !== '')
    .join('/')}`;
}
