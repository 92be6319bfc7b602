import { PartitionKeeper } from '../database/partition-keeper.service.js';
import { CalledWorkflows } from './children/called-workflows.service.js';
import { ChildCalls } from './children/child-calls.service.js';
import { ErrorRuns } from './children/error-runs.service.js';
import { RunFamily } from './children/run-family.service.js';
import { HandOver } from './host/hand-over.service.js';
import { HostRegistry } from './host/host-registry.js';
import { Admission } from './admission/admission.service.js';
import { Ownership } from './host/ownership.service.js';
import { ProcessHost } from './host/process-host.service.js';
import { GroupCommit } from './journal/group-commit.js';
import { JournalReader } from './journal/journal-reader.js';
import { RunJournal } from './journal/run-journal.service.js';
import { RunNotices } from './journal/run-notices.js';
import { DocumentStore } from './launcher/document-store.js';
import { DurabilityChoice } from './launcher/durability-choice.js';
import { ProgramCache } from './launcher/program-cache.js';
import { RunFactory } from './launcher/run-factory.service.js';
import { RunKeys } from './launcher/run-keys.js';
import { RunWatch } from './launcher/run-watch.js';
import { PlacesKeeper } from './places/places-keeper.service.js';
import { RunPlaces } from './places/run-places.service.js';
import { ProcessLease } from './process/process-lease.service.js';
import { QuietMemory } from './process/quiet-memory.service.js';
import { Reconciler } from './reconciler/reconciler.service.js';
import { RunPause } from './reconciler/run-pause.service.js';
import { QueueHost } from './queue/queue-host.service.js';
import { RunLauncher } from './run-launcher.service.js';
import { RunWake } from './run-wake.service.js';
import { InboxReader } from './runner/inbox-reader.js';
import { RunAccess } from './runner/run-access.js';
import { RunDeadline } from './runner/run-deadline.service.js';
import { NewerRuns } from './runner/newer-runs.service.js';
import { RunLoader } from './runner/run-loader.js';
import { Runner } from './runner/runner.service.js';
import { RunSlots } from './runner/run-slots.js';
import { CodePort } from './steps/code-port.service.js';
import { ConnectorSteps } from './steps/connector-steps.service.js';
import { ProgressReports } from './steps/progress-reports.service.js';
import { RunItems } from './steps/run-items.service.js';
import { SeenValues } from './steps/seen-values.service.js';
import { StepExecutor } from './steps/step-executor.service.js';
import { QuietRuns } from './temporal/quiet-runs.service.js';
import { TemporalCodec } from './temporal/codec/temporal-codec.service.js';
import { TemporalConnection } from './temporal/temporal-connection.service.js';
import { ForeignTemporalWork } from './temporal/foreign/foreign-temporal-work.service.js';
import { TemporalPresence } from './temporal/temporal-presence.js';
import { StartTurns } from './temporal/start-turns.js';
import { TemporalHost } from './temporal/temporal-host.js';
import { TemporalReconciler } from './temporal/temporal-reconciler.service.js';
import { TemporalWorkers } from './temporal/temporal-workers.js';
import { OutlivedWorkflows } from './temporal/outlived-workflows.service.js';
import { UnbegunRuns } from './temporal/unbegun-runs.service.js';

/** All classes of the engine but those that speak HTTP. */
export const engineProviders = [
  GroupCommit,
  JournalReader,
  RunJournal,
  RunNotices,
  CodePort,
  ProgressReports,
  ConnectorSteps,
  RunItems,
  SeenValues,
  StepExecutor,
  RunSlots,
  NewerRuns,
  RunLoader,
  RunAccess,
  InboxReader,
  CalledWorkflows,
  ChildCalls,
  ErrorRuns,
  RunFamily,
  RunDeadline,
  Runner,
  HostRegistry,
  Ownership,
  HandOver,
  ProcessHost,
  ProcessLease,
  QuietMemory,
  DocumentStore,
  DurabilityChoice,
  ProgramCache,
  RunPlaces,
  PlacesKeeper,
  RunFactory,
  RunKeys,
  RunWatch,
  RunLauncher,
  RunWake,
  RunPause,
  Reconciler,
  PartitionKeeper,
  TemporalCodec,
  TemporalPresence,
  ForeignTemporalWork,
  StartTurns,
  TemporalWorkers,
  TemporalConnection,
  TemporalHost,
  QuietRuns,
  TemporalReconciler,
  UnbegunRuns,
  OutlivedWorkflows,
  QueueHost,
  Admission,
];
