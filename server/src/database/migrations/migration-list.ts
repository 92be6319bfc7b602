import { CreateProjects1700000000000 } from './1700000000000-create-projects.js';
import { CreateWorkflows1700000000002 } from './1700000000002-create-workflows.js';
import { CreateWebhooks1700000000004 } from './1700000000004-create-webhooks.js';
import { CreateRuns1700000000003 } from './1700000000003-create-runs.js';
import { CreateConnectors1700000000005 } from './1700000000005-create-connectors.js';
import { CreateEngineFacts1700000000006 } from './1700000000006-create-engine-facts.js';
import { CreateSchedules1700000000007 } from './1700000000007-create-schedules.js';
import { OrganiseWorkflows1700000003000 } from './1700000003000-organise-workflows.js';
import { AddCalledRuns1700000004000 } from './1700000004000-add-called-runs.js';
import { CreateVariables1700000004001 } from './1700000004001-create-variables.js';
import { AddDataStore1700000004100 } from './1700000004100-add-data-store.js';
import { SplitRunsByWeek1700000004200 } from './1700000004200-split-runs-by-week.js';
import { AddApprovals1700000005000 } from './1700000005000-add-approvals.js';
import { LimitCredentials1700000005200 } from './1700000005200-limit-credentials.js';
import { AddRunPlaces1700000005100 } from './1700000005100-add-run-places.js';
import { AddWorkflowEditing1700000006000 } from './1700000006000-add-workflow-editing.js';
import { AddDraftAuthors1700000006100 } from './1700000006100-add-draft-authors.js';
import { CreateNotifications1700000006200 } from './1700000006200-create-notifications.js';
import { IndexRunsByStatus1700000006300 } from './1700000006300-index-runs-by-status.js';
import { AddRunStarter1700000006400 } from './1700000006400-add-run-starter.js';
import { KeepCredentialTests1700000006500 } from './1700000006500-keep-credential-tests.js';
import { CreateAuth1700000001000 } from './1700000001000-create-auth.js';

/** Every migration, oldest first. Append-only: a room adds its file to this folder and one line here. */
export const migrations = [
  CreateProjects1700000000000,
  CreateWorkflows1700000000002,
  CreateRuns1700000000003,
  CreateWebhooks1700000000004,
  CreateConnectors1700000000005,
  CreateEngineFacts1700000000006,
  CreateSchedules1700000000007,
  CreateAuth1700000001000,
  OrganiseWorkflows1700000003000,
  AddCalledRuns1700000004000,
  CreateVariables1700000004001,
  AddDataStore1700000004100,
  SplitRunsByWeek1700000004200,
  AddApprovals1700000005000,
  LimitCredentials1700000005200,
  AddRunPlaces1700000005100,
  AddWorkflowEditing1700000006000,
  AddDraftAuthors1700000006100,
  CreateNotifications1700000006200,
  IndexRunsByStatus1700000006300,
  AddRunStarter1700000006400,
  KeepCredentialTests1700000006500,
];
