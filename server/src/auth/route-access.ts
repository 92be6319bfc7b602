import 'reflect-metadata';
import { accessKey } from './access.decorator.js';
import type { Permission } from './permissions.types.js';
import { publicKey } from './public.decorator.js';

/** Who may use a route: what its method says, else what its class says. Undefined where neither says anything. */
export function accessOf(handler: object, controller: object): Permission | 'public' | undefined {
  return ownAccess(handler) ?? ownAccess(controller);
}

// Where both decorators are on one target, the stricter one counts.
function ownAccess(target: object): Permission | 'public' | undefined {
  const permission = Reflect.getMetadata(accessKey, target) as Permission | undefined;
  return permission ?? (Reflect.getMetadata(publicKey, target) === true ? 'public' : undefined);
}
