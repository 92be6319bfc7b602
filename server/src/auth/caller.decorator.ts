import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Caller } from './caller.types.js';

/** A request after the guard let it in. On public routes `caller` is there only when a valid credential came along. */
export interface RequestWithCaller {
  caller?: Caller;
}

/** The {@link Caller} of the request: `list(@CurrentCaller() caller: Caller)`. */
export const CurrentCaller = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller | undefined =>
    context.switchToHttp().getRequest<RequestWithCaller>().caller,
);
