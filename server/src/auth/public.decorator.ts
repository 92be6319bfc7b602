import { SetMetadata } from '@nestjs/common';

/** Key under which the guard finds that a route is open. */
export const publicKey = 'wfaib:public';

/** Opens a route to everyone. The list of public routes is under a test: `auth/access.db.spec.ts`. */
export const Public = () => SetMetadata(publicKey, true);
