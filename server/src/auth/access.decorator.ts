import { SetMetadata } from '@nestjs/common';
import type { Permission } from './permissions.types.js';

/** Key under which the guard finds the permission of a route. */
export const accessKey = 'wfaib:access';

/** Lets callers with this permission in. Every route carries this or `@Public()`, else the server does not start. */
export const Access = (permission: Permission) => SetMetadata(accessKey, permission);
