import { RouteConfig } from '@nestjs/platform-fastify';

/**
 * The route takes any content type and gets the body as the bytes that came (`request.body` is a `Buffer`, or undefined
 * without one). Other routes take JSON and answer 415 to anything else.
 */
export const RawRequestBody = () => RouteConfig({ rawBody: true });
