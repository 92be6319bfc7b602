import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ConnectorsModule } from '../connectors/connectors.module.js';
import { DocumentCheck } from './document-check.service.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { MailModule } from '../mail/mail.module.js';
import { NamedApprovers } from './named-approvers.service.js';
import { NamedCredentials } from './named-credentials.service.js';
import { NamedThings } from './named-things.service.js';
import { NamedWorkflows } from './named-workflows.service.js';
import { NodeCatalog } from './node-catalog.service.js';
import { NodeTypesController } from './node-types.controller.js';
import { WorkflowEditingController } from './workflow-editing.controller.js';
import { WorkflowEditingRepository } from './workflow-editing.repository.js';
import { WorkflowEditing } from './workflow-editing.service.js';
import { WorkflowDocuments } from './workflow-documents.service.js';
import { WorkflowList } from './workflow-list.service.js';
import { WorkflowRetentions } from './workflow-retention.service.js';
import { WorkflowPublishing } from './workflow-publishing.service.js';
import { WorkflowVersionsRepository } from './workflow-versions.repository.js';
import { WorkflowsController } from './workflows.controller.js';
import { WorkflowsRepository } from './workflows.repository.js';
import { Workflows } from './workflows.service.js';

/** Documents, drafts, versions and what is wrong with them. */
@Module({
  imports: [AuthModule, ConnectorsModule, CredentialsModule, MailModule],
  controllers: [WorkflowsController, WorkflowEditingController, NodeTypesController],
  providers: [
    WorkflowsRepository,
    WorkflowVersionsRepository,
    NodeCatalog,
    DocumentCheck,
    NamedWorkflows,
    NamedCredentials,
    NamedApprovers,
    NamedThings,
    Workflows,
    WorkflowList,
    WorkflowDocuments,
    WorkflowPublishing,
    WorkflowRetentions,
    WorkflowEditingRepository,
    WorkflowEditing,
  ],
  exports: [NodeCatalog, DocumentCheck, Workflows, WorkflowDocuments, WorkflowPublishing, WorkflowRetentions],
})
export class WorkflowsModule {}
