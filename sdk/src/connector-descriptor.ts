import type { AuthDefinition } from './auth.js';
import type { ActionDefinition, ConnectorDefinition } from './connector.js';
import type { Field } from './fields.js';
import type { NodeDescriptor } from './node-descriptor.js';

/** A kind of credential, with the form a person fills in. */
export interface CredentialKind {
  /** `basic`, `header`, `bearer`, `query`, or `<connector>.<auth>`. */
  kind: string;
  label: string;
  help?: string;
  fields: Record<string, Field>;
  /** Whether `POST /api/credentials/:id/test` can try it. */
  canTest: boolean;
}

/** All that server and editor know of a connector: plain JSON, made once at install. */
export interface ConnectorDescriptor {
  id: string;
  version: string;
  label: string;
  description: string;
  icon: string;
  /** Hosts it may talk to; `*` is any host the guard lets through. */
  egress: string[];
  auth: CredentialKind[];
  nodes: NodeDescriptor[];
  /** Names of the loaders its fields may ask. */
  loaders: string[];
}

/** The kind of a credential as credentials and node descriptors name it. */
export function credentialKind(connectorId: string, name: string, definition: AuthDefinition): string {
  return definition.scheme === 'fields' ? `${connectorId}.${name}` : definition.scheme;
}

/**
 * Turns a definition into its descriptor.
 * @throws Error when something in it cannot be written as JSON or lacks a label
 */
export function describeConnector(definition: ConnectorDefinition, version: string): ConnectorDescriptor {
  if (!/^[a-z][a-z0-9-]*$/.test(definition.id)) throw new Error(`Connector id "${definition.id}" is not lower-case.`);
  const descriptor: ConnectorDescriptor = {
    id: definition.id,
    version,
    label: definition.label,
    description: definition.description ?? '',
    icon: definition.icon ?? 'plug',
    egress: [...definition.egress],
    auth: Object.entries(definition.auth ?? {}).map(([name, auth]) => kindOf(definition.id, name, auth)),
    nodes: Object.entries(definition.actions).map(([name, action]) => nodeOf(definition, version, name, action)),
    loaders: Object.keys(definition.loaders ?? {}),
  };
  return JSON.parse(JSON.stringify(descriptor)) as ConnectorDescriptor;
}

function kindOf(connectorId: string, name: string, definition: AuthDefinition): CredentialKind {
  return {
    kind: credentialKind(connectorId, name, definition),
    label: definition.label,
    ...(definition.help === undefined ? {} : { help: definition.help }),
    fields: definition.fields,
    canTest: definition.test !== undefined,
  };
}

function nodeOf(
  definition: ConnectorDefinition,
  version: string,
  name: string,
  action: ActionDefinition,
): NodeDescriptor {
  if (!action.label) throw new Error(`Action "${name}" of connector "${definition.id}" has no label.`);
  const credentials = credentialsOf(definition, action);
  return {
    type: `${definition.id}.${name}`,
    typeVersion: action.version ?? 1,
    label: action.label,
    description: action.description,
    icon: action.icon ?? definition.icon ?? 'plug',
    category: 'service',
    isTrigger: false,
    inputs: [{ name: 'main' }],
    outputs: [{ name: 'main' }],
    fields: action.input,
    ...(credentials === undefined ? {} : { credentials }),
    ...(action.summary === undefined ? {} : { summary: action.summary }),
    ...(action.paceFrom === undefined ? {} : { paceFrom: action.paceFrom }),
    work: 'perItem',
    effect: action.sideEffect,
    weight: 'heavy',
    connector: { id: definition.id, version, action: name },
  };
}

function credentialsOf(definition: ConnectorDefinition, action: ActionDefinition): NodeDescriptor['credentials'] {
  const declared = definition.auth ?? {};
  const names = action.auth?.names ?? Object.keys(declared);
  const kinds = names.map((name) => {
    const auth = declared[name];
    if (!auth) throw new Error(`Connector "${definition.id}" has no auth named "${name}".`);
    return credentialKind(definition.id, name, auth);
  });
  if (kinds.length === 0) return undefined;
  return [{ slot: 'auth', label: 'Credential', kinds, required: action.auth?.required ?? false }];
}
