import type { InputOf, FieldMap } from './field-builders.js';
import { f } from './field-builders.js';
import type { HttpClient, OutgoingRequest } from './connector-http.types.js';

/** The values of a credential, decrypted for one call. */
export type CredentialValues = Record<string, string>;

/** What a credential does: which fields a person fills in, and how a request carries it. */
export interface AuthDefinition {
  /** `fields` belongs to the connector; the other four mean the same in all connectors and are shared by them. */
  scheme: 'basic' | 'header' | 'bearer' | 'query' | 'fields';
  label: string;
  help?: string;
  fields: FieldMap;
  /** Address that relative addresses of `ctx.http` are resolved against. */
  baseUrl?: (values: CredentialValues) => string | undefined;
  /** Puts the credential on a request to the service. Not called for requests to another host after a redirect. */
  apply?: (values: CredentialValues, request: OutgoingRequest) => void;
  /** Tries the credential. Throws when the service refuses it. */
  test?: (values: CredentialValues, tools: AuthTools) => unknown;
}

/** What a credential test may use. */
export interface AuthTools {
  http: HttpClient;
  signal: AbortSignal;
}

interface AuthOptions<Values> {
  label?: string;
  help?: string;
  baseUrl?: string | ((values: Values) => string | undefined);
  test?: (values: Values, tools: AuthTools) => unknown;
}

interface FieldsAuthOptions<Values> extends AuthOptions<Values> {
  label: string;
  apply?: (values: Values, request: OutgoingRequest) => void;
}

type ValuesOf<Fields extends FieldMap> = { [Name in keyof InputOf<Fields>]: string };

function common<Values>(options: AuthOptions<Values>): Pick<AuthDefinition, 'help' | 'baseUrl' | 'test'> {
  const { help, baseUrl, test } = options as unknown as AuthOptions<CredentialValues>;
  return {
    ...(help === undefined ? {} : { help }),
    ...(baseUrl === undefined ? {} : { baseUrl: typeof baseUrl === 'string' ? () => baseUrl : baseUrl }),
    ...(test === undefined ? {} : { test }),
  };
}

function basic(options: AuthOptions<CredentialValues> = {}): AuthDefinition {
  return {
    scheme: 'basic',
    label: options.label ?? 'User name and password',
    fields: {
      username: f.text({ label: 'User name', required: true, expressions: false }),
      password: f.secret({ label: 'Password', expressions: false }),
    },
    apply(values, request) {
      const pair = `${values['username'] ?? ''}:${values['password'] ?? ''}`;
      request.headers['authorization'] = `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
    },
    ...common(options),
  };
}

function header(options: AuthOptions<CredentialValues> = {}): AuthDefinition {
  return {
    scheme: 'header',
    label: options.label ?? 'Header',
    fields: {
      name: f.text({ label: 'Header name', required: true, placeholder: 'X-API-Key', expressions: false }),
      value: f.secret({ label: 'Value', required: true, expressions: false }),
    },
    apply(values, request) {
      request.headers[(values['name'] ?? '').toLowerCase()] = values['value'] ?? '';
    },
    ...common(options),
  };
}

function bearer(options: AuthOptions<CredentialValues> = {}): AuthDefinition {
  return {
    scheme: 'bearer',
    label: options.label ?? 'Bearer token',
    fields: { token: f.secret({ label: 'Token', required: true, expressions: false }) },
    apply(values, request) {
      request.headers['authorization'] = `Bearer ${values['token'] ?? ''}`;
    },
    ...common(options),
  };
}

function query(options: AuthOptions<CredentialValues> = {}): AuthDefinition {
  return {
    scheme: 'query',
    label: options.label ?? 'Query parameter',
    fields: {
      name: f.text({ label: 'Parameter name', required: true, placeholder: 'api_key', expressions: false }),
      value: f.secret({ label: 'Value', required: true, expressions: false }),
    },
    apply(values, request) {
      request.url.searchParams.set(values['name'] ?? '', values['value'] ?? '');
    },
    ...common(options),
  };
}

/** A credential with the connector's own fields; `apply` says how a request carries it. */
function fields<const Fields extends FieldMap>(
  formFields: Fields,
  options: FieldsAuthOptions<ValuesOf<Fields>>,
): AuthDefinition {
  const { apply } = options as unknown as FieldsAuthOptions<CredentialValues>;
  return {
    scheme: 'fields',
    label: options.label,
    fields: formFields,
    ...(apply === undefined ? {} : { apply }),
    ...common(options),
  };
}

/** Builds the credentials that a connector takes. */
export const auth = { basic, header, bearer, query, fields };
