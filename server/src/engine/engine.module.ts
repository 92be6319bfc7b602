import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ConnectorsModule } from '../connectors/connectors.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { DataModule } from '../data/data.module.js';
import { EncryptionModule } from '../encryption/encryption.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { RunsModule } from '../runs/runs.module.js';
import { SandboxModule } from '../sandbox/sandbox.module.js';
import { VariablesModule } from '../variables/variables.module.js';
import { WorkflowsModule } from '../workflows/workflows.module.js';
import { RunHistoryController } from './history/run-history.controller.js';
import { RunHistory } from './history/run-history.service.js';
import { WorkflowReplayController } from './replay/workflow-replay.controller.js';
import { WorkflowReplays } from './replay/workflow-replay.service.js';
import { RunCareController } from './run-care.controller.js';
import { RunControlController } from './run-control.controller.js';
import { RunControl } from './run-control.service.js';
import { KeptJournal } from './control/kept-journal.service.js';
import { RetryBeginning } from './control/retry-beginning.service.js';
import { RunCare } from './control/run-care.service.js';
import { ForceStop } from './control/force-stop.service.js';
import { ApprovalControl } from './control/approval-control.service.js';
import { ApprovalDecisions } from './control/approval-decisions.service.js';
import { RunInbox } from './control/run-inbox.service.js';
import { RunResume } from './control/run-resume.service.js';
import { UndoDecisions } from './control/undo-decisions.service.js';
import { RunRetry } from './control/run-retry.service.js';
import { WaitTokens } from './control/wait-tokens.service.js';
import { RunLauncher } from './run-launcher.service.js';
import { CodecController } from './temporal/codec/codec.controller.js';
import { engineProviders } from './engine-providers.js';

/** Makes runs happen. */
@Module({
  imports: [
    AuthModule,
    ConnectorsModule,
    CredentialsModule,
    DataModule,
    EncryptionModule,
    JobsModule,
    RunsModule,
    SandboxModule,
    VariablesModule,
    WorkflowsModule,
  ],
  controllers: [
    CodecController,
    RunCareController,
    RunControlController,
    RunHistoryController,
    WorkflowReplayController,
  ],
  providers: [
    ...engineProviders,
    KeptJournal,
    RunCare,
    RetryBeginning,
    RunInbox,
    ApprovalControl,
    ApprovalDecisions,
    ForceStop,
    UndoDecisions,
    RunResume,
    RunRetry,
    WaitTokens,
    RunControl,
    RunHistory,
    WorkflowReplays,
  ],
  exports: [RunLauncher, RunControl, ApprovalControl, ApprovalDecisions, ...engineProviders],
})
export class EngineModule {}
