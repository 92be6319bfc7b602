import type { Problem, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { Copy, MoreHorizontal, Power, Trash2, X } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { IconButton } from '../../../shared/components/button.js';
import { Menu } from '../../../shared/components/menu.js';
import { notify } from '../../../shared/components/toasts.js';
import { NodeIcon } from '../../../shared/components/node-icon.js';
import { FormEnvironmentProvider } from '../../../shared/form/form-environment.js';
import type { FieldProblem } from '../../../shared/form/form-environment.js';
import { ErrorCard } from '../../../shared/data/error-card.js';
import { useStepProgress } from '../../../shared/runs/run-store.js';
import { loadExpressionEditor } from '../../../shared/expressions/expression-editor-loader.js';
import { ReferenceTargetProvider } from '../../../shared/code/reference-target.js';
import { SampleProvider } from '../../../shared/expressions/sample-context.js';
import { useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { useSelectionCommands } from '../commands/selection-commands.js';
import { problemsOfNode } from '../problems-by-node.js';
import { lookUpFor } from './look-up-choices.js';
import { NameField } from './name-field.js';
import { NotesTab } from './notes-tab.js';
import { SetUpTab } from './set-up-tab.js';
import { useStepSample } from './use-step-sample.js';

const HelpTab = lazy(() => import('./help-tab.js').then((module) => ({ default: module.HelpTab })));
const ReliabilityTab = lazy(() =>
  import('./reliability-tab.js').then((module) => ({ default: module.ReliabilityTab })),
);

const tabs = ['Set up', 'Reliability', 'Notes', 'Help'] as const;
type Tab = (typeof tabs)[number];

/** Everything about the selected step; it never covers the canvas. */
export function StepPanel() {
  const nodeId = useEditor((state) => (state.selection.nodes.length === 1 ? state.selection.nodes[0] : undefined));
  const node = useDocument().nodes.find((candidate) => candidate.id === nodeId);
  if (!node) return <Placeholder />;
  return <StepForm key={node.id} node={node} />;
}

function StepForm({ node }: { node: WorkflowNode }) {
  const [tab, setTab] = useState<Tab>('Set up');
  const store = useEditorStore();
  const commands = useSelectionCommands();
  const descriptor = useEditor((state) => state.catalog.find(node.type));
  const problems = useEditor((state) => problemsOfNode(state.problems, node.id));
  const fresh = useEditor((state) => state.fresh.has(node.id));
  const focusPath = useEditor((state) => state.focusField);
  const sample = useStepSample(node.id);
  const progress = useStepProgress(node.id);
  useEffect(() => void loadExpressionEditor(), []);
  const openReference = useCallback(
    (name: string) => {
      const target = store.getState().history.document.nodes.find((candidate) => candidate.name === name);
      if (target) store.getState().openStep(target.id);
      else notify(`There is no step “${name}”.`);
    },
    [store],
  );
  const environment = useMemo(
    () => ({
      problemAt: (path: string) =>
        fieldProblem(
          problems.find((problem) => problem.field === path),
          fresh,
        ),
      focusPath,
      expressions: true,
      lookUp: lookUpFor(node, descriptor),
    }),
    [problems, fresh, focusPath, node, descriptor],
  );
  return (
    <section aria-label={`Step ${node.name}`} className="flex h-full flex-col bg-surface">
      <header className="flex items-center gap-2 border-b border-line py-2 pr-2 pl-4">
        <span className="flex size-8 shrink-0 items-center justify-center rounded-md bg-subtle text-muted">
          <NodeIcon icon={descriptor?.icon} size={18} />
        </span>
        <div className="min-w-0 flex-1">
          <NameField node={node} />
          <p className="truncate px-1 text-12 leading-4 text-muted" title={descriptor?.description}>
            {descriptor ? descriptor.label : `${node.type} · not installed`}
            {node.disabled ? ' · disabled' : ''}
          </p>
        </div>
        <Menu
          trigger={
            <IconButton label="More for this step">
              <MoreHorizontal size={16} />
            </IconButton>
          }
          entries={[
            {
              label: node.disabled ? 'Enable' : 'Disable',
              keys: 'D',
              icon: <Power size={15} />,
              onSelect: commands.toggleDisabled,
            },
            { label: 'Duplicate', keys: 'Ctrl+D', icon: <Copy size={15} />, onSelect: commands.duplicate },
            {
              label: 'Delete',
              keys: 'Del',
              icon: <Trash2 size={15} />,
              danger: true,
              separated: true,
              onSelect: commands.remove,
            },
          ]}
        />
        <IconButton label="Close the panel" keys="Esc" onClick={() => store.getState().set({ panelOpen: false })}>
          <X size={16} />
        </IconButton>
      </header>
      <div role="tablist" aria-label="Parts of the step" className="flex gap-4 border-b border-line px-4">
        {tabs.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={tab === name}
            onClick={() => setTab(name)}
            className={`-mb-px border-b-2 py-1.5 text-13 font-medium ${tab === name ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink'}`}
          >
            {name}
            {name === 'Notes' && node.notes ? ' •' : ''}
          </button>
        ))}
      </div>
      <div role="tabpanel" aria-labelledby={`tab-${tab}`} className="thin-scroll min-h-0 flex-1 overflow-y-auto p-4">
        <FormEnvironmentProvider value={environment}>
          <SampleProvider value={sample}>
            <ReferenceTargetProvider value={openReference}>
              {progress?.status === 'failed' && progress.error && (
                <div className="mb-4">
                  <ErrorCard error={progress.error} title="It failed in the last test" />
                </div>
              )}
              {tab === 'Set up' && (
                <SetUpTab
                  node={node}
                  descriptor={descriptor}
                  problems={fresh ? problems.filter(isMistake) : problems}
                />
              )}
              <Suspense fallback={null}>
                {tab === 'Reliability' && <ReliabilityTab node={node} descriptor={descriptor} />}
                {tab === 'Notes' && <NotesTab node={node} />}
                {tab === 'Help' && <HelpTab descriptor={descriptor} />}
              </Suspense>
            </ReferenceTargetProvider>
          </SampleProvider>
        </FormEnvironmentProvider>
      </div>
    </section>
  );
}

/** What is only missing in a step that was just added is no mistake yet. */
const isMistake = ({ code }: Problem) => code !== 'parameter.missing' && code !== 'credential.missing';

function fieldProblem(problem: Problem | undefined, fresh: boolean): FieldProblem | undefined {
  // What does not parse is said by the preview under the field.
  if (!problem || problem.code === 'expression.syntax' || (fresh && !isMistake(problem))) return undefined;
  const isMissing = problem.code === 'parameter.missing';
  return { message: isMissing ? 'Needed before this can run.' : problem.message, isMissing };
}

function Placeholder() {
  const count = useEditor((state) => state.selection.nodes.length);
  return (
    <div className="flex h-full items-center justify-center bg-surface p-8 text-center text-13 text-muted">
      {count > 1 ? `${count} steps are selected.` : 'Select a step to set it up.'}
    </div>
  );
}
