import { z } from 'zod';

const email = z.email().max(254);
const newPassword = z.string().min(12, 'must hold at least 12 characters').max(1024);

/** Body of `POST /api/setup`. */
export const completeSetup = z
  .strictObject({
    token: z.string().min(1).max(200),
    email,
    password: newPassword,
    name: z.string().trim().min(1).max(200).optional(),
  })
  .meta({ id: 'CompleteSetup' });
export type CompleteSetup = z.infer<typeof completeSetup>;

/** Body of `POST /api/session`. */
export const signIn = z
  .strictObject({ email: z.string().max(254), password: z.string().max(1024) })
  .meta({ id: 'SignIn' });
export type SignInBody = z.infer<typeof signIn>;

/** Body of `POST /api/api-keys`. */
export const createApiKey = z.strictObject({ name: z.string().trim().min(1).max(200) }).meta({ id: 'CreateApiKey' });
export type CreateApiKey = z.infer<typeof createApiKey>;

/** Answer of `GET /api/session`. */
export const sessionAnswer = z
  .object({
    user: z.object({ id: z.string(), email: z.string(), name: z.string() }).nullable(),
    project: z.object({ id: z.string(), name: z.string() }).nullable(),
    permissions: z.array(z.string()),
    setupNeeded: z.boolean(),
  })
  .meta({ id: 'Session' });
export type SessionAnswer = z.infer<typeof sessionAnswer>;
