import 'reflect-metadata';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { JsonObject } from '@wfaib/sdk/items';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { workflowDocument, type WorkflowDocument, type WorkflowDocumentInput } from '@wfaib/sdk/workflow-document';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { ClockModule } from '../clock/clock.module.js';
import { ConfigModule } from '../config/config.module.js';
import { readSettings } from '../config/read-settings.js';
import { ConnectorCatalog } from '../connectors/connector-catalog.service.js';
import type { ConnectorCall, ConnectorOutcome } from '../connectors/connector-call.types.js';
import { ConnectorHost } from '../connectors/connector-host.service.js';
import { CredentialPlaces } from '../credentials/credential-places.service.js';
import { CredentialsService } from '../credentials/credentials.service.js';
import { DataStore } from '../data/data-store.service.js';
import { ItemChunks } from '../data/item-chunks.service.js';
import { DatabaseModule } from '../database/database.module.js';
import { EncryptionKeys } from '../encryption/encryption-keys.service.js';
import { testEncryptionKey } from '../encryption/key.test-support.js';
import { EventsModule } from '../events/events.module.js';
import { LifecycleModule } from '../lifecycle/lifecycle.module.js';
import { createLog } from '../logging/logger.service.js';
import { LoggingModule } from '../logging/logging.module.js';
import { FileStore } from '../runs/file-store.service.js';
import { Queues } from '../jobs/queues.service.js';
import { RunsRepository } from '../runs/runs.repository.js';
import { StepOutput } from '../runs/step-output.service.js';
import { SandboxService } from '../sandbox/sandbox.service.js';
import { VariablesRepository } from '../variables/variables.repository.js';
import { Variables } from '../variables/variables.service.js';
import { DocumentCheck } from '../workflows/document-check.service.js';
import { NodeCatalog } from '../workflows/node-catalog.service.js';
import { NamedCredentials } from '../workflows/named-credentials.service.js';
import { WorkflowDocuments } from '../workflows/workflow-documents.service.js';
import { WorkflowVersionsRepository } from '../workflows/workflow-versions.repository.js';
import { WorkflowsRepository } from '../workflows/workflows.repository.js';
import { engineProviders } from './engine-providers.js';
import { RunLauncher, type LaunchRequest } from './run-launcher.service.js';

/** What the connector `test` answers; a spec may replace it at any time. */
export type Answer = (call: ConnectorCall) => ConnectorOutcome | Promise<ConnectorOutcome>;

/** One server process without HTTP: the real engine on a real database, with a connector that does as it is told. */
export interface TestEngine {
  app: INestApplicationContext;
  get<Service>(type: Type<Service> | (abstract new (...args: never[]) => Service)): Service;
  /** Calls of the connector `test`, oldest first. */
  calls: { item: JsonObject; key: string }[];
  answer: Answer;
  launch(
    document: WorkflowDocument,
    items?: JsonObject[],
    more?: Partial<LaunchRequest>,
  ): ReturnType<RunLauncher['launch']>;
  stop(): Promise<void>;
}

function descriptorOf(type: string, more: Partial<NodeDescriptor>): NodeDescriptor {
  return {
    type,
    typeVersion: 1,
    label: type,
    description: type,
    icon: 'plug',
    category: 'service',
    isTrigger: false,
    inputs: [{ name: 'main' }],
    outputs: [{ name: 'main' }],
    fields: { value: { kind: 'text', label: 'Value' } },
    work: 'perItem',
    effect: 'write',
    weight: 'heavy',
    connector: { id: 'test', version: '1.0.0', action: type.slice('test.'.length) },
    ...more,
  };
}

const nodes = [
  descriptorOf('test.send', {}),
  descriptorOf('test.fetch', { effect: 'read' }),
  descriptorOf('test.sendAll', { work: 'once' }),
];

/** Starts an engine on `db`; two of them on one database are two servers. */
export async function startEngine(db: TestDatabase, environment: Record<string, string> = {}): Promise<TestEngine> {
  const settings = readSettings({
    DATABASE_URL: db.url,
    WFAIB_LOG_LEVEL: 'silent',
    WFAIB_ENGINE: 'queue',
    WFAIB_ENCRYPTION_KEY: testEncryptionKey,
    ...environment,
  });
  const catalog = new ConnectorCatalog();
  catalog.load([
    {
      id: 'test',
      version: '1.0.0',
      label: 'Test',
      description: '',
      icon: 'plug',
      egress: [],
      auth: [],
      nodes,
      loaders: [],
    },
  ]);
  const engine: Pick<TestEngine, 'calls' | 'answer'> = {
    calls: [],
    answer: ({ input }) => ({ ok: true, items: [{ json: { sent: input['value'] ?? null } }] }),
  };
  const connectors = {
    call: async (call: ConnectorCall) => {
      engine.calls.push({ item: call.input, key: call.idempotencyKey() });
      return engine.answer(call);
    },
  };
  const credentials = {
    resolve: (_: string, id: string) => Promise.resolve({ id, kind: 'bearer', values: { token: 'secret' } }),
    states: (_tx: unknown, _project: string, ids: readonly string[]) =>
      Promise.resolve(ids.map((id) => ({ id, name: id, isFailing: false }))),
  };
  class TestModule {}
  Module({
    imports: [
      ConfigModule.with(settings),
      LoggingModule.with(createLog(process.env['WFAIB_TEST_LOG'] ?? 'silent')),
      ClockModule,
      LifecycleModule,
      DatabaseModule,
      EventsModule,
    ],
    providers: [
      ...engineProviders,
      Queues,
      NodeCatalog,
      DocumentCheck,
      Variables,
      VariablesRepository,
      WorkflowDocuments,
      NamedCredentials,
      WorkflowsRepository,
      WorkflowVersionsRepository,
      EncryptionKeys,
      CredentialPlaces,
      SandboxService,
      FileStore,
      DataStore,
      ItemChunks,
      RunsRepository,
      StepOutput,
      { provide: ConnectorCatalog, useValue: catalog },
      { provide: ConnectorHost, useValue: connectors },
      { provide: CredentialsService, useValue: credentials },
    ],
  })(TestModule);
  const app = await NestFactory.createApplicationContext(TestModule, { logger: ['error'], abortOnError: false });
  return Object.assign(engine, {
    app,
    get: <Service>(type: Type<Service> | (abstract new (...args: never[]) => Service)) =>
      app.get<Service>(type as Type<Service>),
    launch: (document: WorkflowDocument, items: JsonObject[] = [{}], more: Partial<LaunchRequest> = {}) =>
      app.get(RunLauncher).launch({
        projectId: db.projectId,
        workflowName: document.name,
        document,
        mode: 'production',
        startedBy: 'api',
        start: { nodeId: document.nodes[0]!.id, as: 'trigger' },
        items: items.map((json) => ({ json })),
        answersCaller: true,
        ...more,
      }),
    stop: () => app.close(),
  });
}

export { createTestDatabase };

type NodeInput = WorkflowDocumentInput['nodes'][number];

/** A chain of nodes in the order given; `links` adds or replaces connections as `from.port>to.port`. */
export function chain(
  nodes: (Partial<NodeInput> & { id: string; type: string })[],
  links?: string[],
  settings = {},
): WorkflowDocument {
  const full = nodes.map((node) => ({ name: node.id, ...node }));
  const inOrder = nodes.slice(1).map((node, index) => `${nodes[index]!.id}>${node.id}`);
  const connections = (links ?? inOrder).map((link) => {
    const [from, to] = link.split('>').map((end) => end.split('.'));
    return { from: { node: from![0]!, port: from![1] ?? 'main' }, to: { node: to![0]!, port: to![1] ?? 'main' } };
  });
  return workflowDocument.parse({ wfaib: 1, name: 'Test', nodes: full, connections, settings });
}
