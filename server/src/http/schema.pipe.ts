import { StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { say } from '@wfaib/sdk/sentence';
import { InvalidRequest, NotFound } from './http.errors.js';

interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
}

/**
 * Checks `@Body({ schema })`, `@Query({ schema })` and `@Param(name, { schema })`. A bad path parameter is a 404; the title
 * of its schema says what it names.
 */
export class SchemaPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: invalidRequest });
  }

  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    if (metadata.type !== 'param') return super.transform(value, metadata);
    try {
      return await super.transform(value, metadata);
    } catch {
      throw new NotFound(titleOf(metadata.schema) ?? metadata.data ?? 'entry', String(value));
    }
  }
}

function titleOf(schema: unknown): string | undefined {
  return (schema as { meta?: () => { title?: string } | undefined } | undefined)?.meta?.()?.title;
}

/** At most this many problems are listed: how many there are is up to the sender. */
const maxProblems = 50;

function invalidRequest(issues: readonly Issue[]): InvalidRequest {
  const problems = issues
    .slice(0, maxProblems)
    .map(({ path, message }) => ({ path: (path ?? []).map(keyOf).join('.'), message }));
  const [first] = problems;
  return new InvalidRequest(
    say`The request is not valid: ${{ place: first?.path ? `${first.path}: ` : '' }}${{ reason: String(first?.message) }}`,
    problems,
  );
}

const keyOf = (segment: PropertyKey | { key: PropertyKey }): string =>
  String(typeof segment === 'object' ? segment.key : segment);
