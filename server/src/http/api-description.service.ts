import { Injectable, type INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The API as an OpenAPI document, made out of the schemas that check the requests. */
@Injectable()
export class ApiDescription {
  private build: (() => OpenAPIObject) | undefined;
  private document: OpenAPIObject | undefined;

  /** Told once by the start of the server. The document is made when somebody asks for it. */
  describe(app: INestApplication, version: string): void {
    this.build = () => SwaggerModule.createDocument(app, frame(version));
  }

  get(): OpenAPIObject {
    if (!this.build) throw new Error('The API is described by the server process only.');
    this.document ??= withErrorAnswers(this.build());
    return this.document;
  }
}

function frame(version: string): Omit<OpenAPIObject, 'paths'> {
  return new DocumentBuilder()
    .setTitle('WFAIB')
    .setDescription('Workflows, runs, credentials and settings. Lists are `{ items, nextCursor }`.')
    .setVersion(version)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key.' }, 'apiKey')
    .addCookieAuth('wfaib', { type: 'apiKey', in: 'cookie', description: 'The session of a browser.' }, 'session')
    .addSecurityRequirements('apiKey')
    .addSecurityRequirements('session')
    .build();
}

const errorSchema = {
  type: 'object' as const,
  required: ['code', 'message', 'requestId'],
  properties: {
    code: { type: 'string' },
    message: { type: 'string' },
    said: {
      type: 'object' as const,
      description: 'The message as `text` with {{names}} and the `values` to fill in, for another language.',
    },
    requestId: { type: 'string' },
  },
  additionalProperties: true,
};

// Every call can fail in the same shape, so it is said once here instead of at each controller.
function withErrorAnswers(document: OpenAPIObject): OpenAPIObject {
  const error = {
    description: 'What went wrong.',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  };
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path)) {
      if (operation !== null && typeof operation === 'object' && 'responses' in operation)
        operation.responses['default'] ??= error;
    }
  }
  document.components = { ...document.components, schemas: { ...document.components?.schemas, Error: errorSchema } };
  return document;
}
