import { z } from 'zod';

/** More than any page of Temporal shows at once. */
const maxPayloads = 10_000;

/** Body of `POST /codec/encode` and `/codec/decode`: Temporal's `Payloads` message as protobuf writes it in JSON. */
export const codecPayloads = z
  .object({
    payloads: z
      .array(z.object({ metadata: z.record(z.string(), z.base64()).default({}), data: z.base64().default('') }))
      .max(maxPayloads),
  })
  .meta({ id: 'CodecPayloads' });
export type CodecPayloads = z.infer<typeof codecPayloads>;
