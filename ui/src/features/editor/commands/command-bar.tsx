import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { get } from '../../../api/client.js';
import type { Page, WorkflowSummary } from '../../../api/types.js';
import { NodeIcon } from '../../../shared/components/node-icon.js';
import { useDebounced } from '../../../shared/hooks/use-debounced.js';
import { isWatching, useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { ChooseBox } from '../../../shared/components/choose-box.js';
import { canRun } from './command.js';
import type { Command } from './command.js';
import { t } from '../../../shared/i18n/i18n.js';

interface CommandBarProps {
  commands: readonly Command[];
  onAddStep(type: string): void;
  onClose(): void;
}

const pages = [
  { to: '/workflows', label: 'shell.workflows', keys: 'G W' },
  { to: '/runs', label: 'shell.runs', keys: 'G R' },
  { to: '/credentials', label: 'shell.credentials', keys: 'G C' },
  { to: '/settings', label: 'shell.settings', keys: 'G S' },
] as const;

/** Everything by name: commands, steps of this workflow, kinds of step to add, other workflows, pages. */
export function CommandBar({ commands, onAddStep, onClose }: CommandBarProps) {
  const store = useEditorStore();
  const navigate = useNavigate();
  const document = useDocument();
  const catalog = useEditor((state) => state.catalog);
  const watching = useEditor(isWatching);
  const [typed, setTyped] = useState('');
  const q = useDebounced(typed, 150);
  const workflows = useQuery({
    queryKey: ['workflows', 'named', q],
    enabled: q !== '',
    placeholderData: keepPreviousData,
    queryFn: () => get<Page<WorkflowSummary>>('/api/workflows', { query: { q, limit: 8 } }),
  });
  return (
    <ChooseBox
      label={t('editor.commands')}
      placeholder={t('editor.commands.placeholder')}
      empty={t('editor.commands.none')}
      onSearch={setTyped}
      onClose={onClose}
      groups={[
        {
          title: t('editor.commands'),
          choices: commands
            .filter((command) => command.id !== 'palette' && canRun(command))
            .map(({ id, label, keys, danger, run, section }) => ({
              id,
              label,
              keys: keys?.split(', ')[0],
              words: [t(`editor.section.${section}`)],
              danger: danger ?? false,
              onChoose: run,
            })),
        },
        {
          title: t('editor.commands.steps'),
          choices: document.nodes.map(({ id, name, type }) => ({
            id: `step:${id}`,
            label: name,
            detail: catalog.find(type)?.label,
            icon: <NodeIcon icon={catalog.find(type)?.icon} size={15} />,
            onChoose: () => store.getState().openStep(id),
          })),
        },
        {
          title: t('editor.addStep'),
          choices: (watching ? [] : catalog.all()).map(({ type, label, description, icon }) => ({
            id: `add:${type}`,
            label: t('editor.commands.add', { label }),
            words: [description],
            icon: <NodeIcon icon={icon} size={15} />,
            onChoose: () => onAddStep(type),
          })),
        },
        {
          title: t('shell.workflows'),
          choices: (workflows.data?.items ?? []).map(({ id, name }) => ({
            id: `workflow:${id}`,
            label: name,
            words: [typed],
            onChoose: () => void navigate({ to: '/workflows/$workflowId', params: { workflowId: id }, search: {} }),
          })),
        },
        {
          title: t('editor.commands.goTo'),
          choices: pages.map(({ to, label, keys }) => ({
            id: to,
            label: t(label),
            keys,
            onChoose: () => void navigate({ to, search: {} }),
          })),
        },
      ]}
    />
  );
}
