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
import { isWatching, useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { useSelectionCommands } from '../commands/selection-commands.js';
import { problemsOfNode } from '../problems-by-node.js';
import { lookUpFor } from './look-up-choices.js';
import { NameField } from './name-field.js';
import { NotesTab } from './notes-tab.js';
import { SetUpTab } from './set-up-tab.js';
import { useStepSample } from './use-step-sample.js';
import { t } from '../../../shared/i18n/i18n.js';

const HelpTab = lazy(() => import('./help-tab.js').then((module) => ({ default: module.HelpTab })));
const ReliabilityTab = lazy(() =>
  import('./reliability-tab.js').then((module) => ({ default: module.ReliabilityTab })),
);

const tabs = ['setUp', 'reliability', 'notes', 'help'] as const;
type Tab = (typeof tabs)[number];

/** Everything about the selected step; it never covers the canvas. */
export function StepPanel() {
  const nodeId = useEditor((state) => (state.selection.nodes.length === 1 ? state.selection.nodes[0] : undefined));
  const node = useDocument().nodes.find((candidate) => candidate.id === nodeId);
  if (!node) return <Placeholder />;
  return <StepForm key={node.id} node={node} />;
}

function StepForm({ node }: { node: WorkflowNode }) {
  const [tab, setTab] = useState<Tab>('setUp');
  const store = useEditorStore();
  const commands = useSelectionCommands();
  const descriptor = useEditor((state) => state.catalog.find(node.type));
  const problems = useEditor((state) => problemsOfNode(state.problems, node.id));
  const fresh = useEditor((state) => state.fresh.has(node.id));
  const focusPath = useEditor((state) => state.focusField);
  const watching = useEditor(isWatching);
  const sample = useStepSample(node.id);
  const progress = useStepProgress(node.id);
  useEffect(() => void loadExpressionEditor(), []);
  const openReference = useCallback(
    (name: string) => {
      const target = store.getState().history.document.nodes.find((candidate) => candidate.name === name);
      if (target) store.getState().openStep(target.id);
      else notify(t('editor.panel.noStep', { name }));
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
    <section aria-label={t('editor.panel.label', { name: node.name })} className="flex h-full flex-col bg-surface">
      <header className="flex items-center gap-2 border-b border-line py-2 pr-2 pl-4">
        <span className="flex size-8 shrink-0 items-center justify-center rounded-md bg-subtle text-muted">
          <NodeIcon icon={descriptor?.icon} size={18} />
        </span>
        <div className="min-w-0 flex-1">
          <NameField node={node} />
          <p className="truncate px-1 text-12 leading-4 text-muted" title={descriptor?.description}>
            {descriptor ? descriptor.label : t('editor.panel.notInstalled', { type: node.type })}
            {node.disabled ? t('editor.panel.disabled') : ''}
          </p>
        </div>
        <Menu
          trigger={
            <IconButton label={t('editor.panel.more')}>
              <MoreHorizontal size={16} />
            </IconButton>
          }
          entries={[
            {
              label: node.disabled ? t('editor.panel.enable') : t('editor.panel.disable'),
              keys: 'D',
              icon: <Power size={15} />,
              disabled: watching,
              onSelect: commands.toggleDisabled,
            },
            {
              label: t('editor.duplicate'),
              keys: 'Ctrl+D',
              icon: <Copy size={15} />,
              disabled: watching,
              onSelect: commands.duplicate,
            },
            {
              label: t('common.delete'),
              keys: 'Del',
              icon: <Trash2 size={15} />,
              danger: true,
              separated: true,
              disabled: watching,
              onSelect: commands.remove,
            },
          ]}
        />
        <IconButton
          label={t('editor.panel.close')}
          keys="Esc"
          onClick={() => store.getState().set({ panelOpen: false })}
        >
          <X size={16} />
        </IconButton>
      </header>
      <div role="tablist" aria-label={t('editor.panel.parts')} className="flex gap-4 border-b border-line px-4">
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
            {t(`editor.tab.${name}`)}
            {name === 'notes' && node.notes ? ' •' : ''}
          </button>
        ))}
      </div>
      <div role="tabpanel" aria-labelledby={`tab-${tab}`} className="thin-scroll min-h-0 flex-1 overflow-y-auto p-4">
        <FormEnvironmentProvider value={environment}>
          <SampleProvider value={sample}>
            <ReferenceTargetProvider value={openReference}>
              {(progress?.status === 'failed' || progress?.status === 'failedWentOn') && progress.error && (
                <div className="mb-4">
                  <ErrorCard error={progress.error} title={t('editor.panel.failed')} />
                </div>
              )}
              <fieldset key={String(watching)} disabled={watching} className="contents">
                {tab === 'setUp' && (
                  <SetUpTab
                    node={node}
                    descriptor={descriptor}
                    problems={fresh ? problems.filter(isMistake) : problems}
                  />
                )}
                <Suspense fallback={null}>
                  {tab === 'reliability' && <ReliabilityTab node={node} descriptor={descriptor} />}
                  {tab === 'notes' && <NotesTab node={node} />}
                  {tab === 'help' && <HelpTab descriptor={descriptor} />}
                </Suspense>
              </fieldset>
            </ReferenceTargetProvider>
          </SampleProvider>
        </FormEnvironmentProvider>
      </div>
    </section>
  );
}

/** What is only missing in a step that was just added is no mistake yet. */
const missing: readonly Problem['code'][] = ['parameter.missing', 'credential.missing', 'graph.unreached'];
const isMistake = ({ code }: Problem) => !missing.includes(code);

function fieldProblem(problem: Problem | undefined, fresh: boolean): FieldProblem | undefined {
  // What does not parse is said by the preview under the field.
  if (!problem || problem.code === 'expression.syntax' || (fresh && !isMistake(problem))) return undefined;
  const isMissing = problem.code === 'parameter.missing';
  return {
    message: isMissing ? t('editor.panel.needed') : problem.message,
    isMistake: problem.severity === 'error' && !isMissing,
  };
}

function Placeholder() {
  const count = useEditor((state) => state.selection.nodes.length);
  return (
    <div className="flex h-full items-center justify-center bg-surface p-8 text-center text-13 text-muted">
      {count > 1 ? t('editor.panel.selected', { count }) : t('editor.panel.select')}
    </div>
  );
}
