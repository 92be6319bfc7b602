import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { get } from '../../../api/client.js';
import type { Page, WorkflowSummary } from '../../../api/types.js';
import { NodeIcon } from '../../../shared/components/node-icon.js';
import { useDebounced } from '../../../shared/hooks/use-debounced.js';
import { useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { ChooseBox } from '../../../shared/components/choose-box.js';
import { canRun } from './command.js';
import type { Command } from './command.js';

interface CommandBarProps {
  commands: readonly Command[];
  onAddStep(type: string): void;
  onClose(): void;
}

const pages = [
  { to: '/workflows', label: 'Workflows', keys: 'G W' },
  { to: '/runs', label: 'Runs', keys: 'G R' },
  { to: '/credentials', label: 'Credentials', keys: 'G C' },
  { to: '/settings', label: 'Settings', keys: 'G S' },
] as const;

/** Everything by name: commands, steps of this workflow, kinds of step to add, other workflows, pages. */
export function CommandBar({ commands, onAddStep, onClose }: CommandBarProps) {
  const store = useEditorStore();
  const navigate = useNavigate();
  const document = useDocument();
  const catalog = useEditor((state) => state.catalog);
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
      label="Commands"
      placeholder="Type a command, a step, a workflow…"
      empty="Nothing has that name."
      onSearch={setTyped}
      onClose={onClose}
      groups={[
        {
          title: 'Commands',
          choices: commands
            .filter((command) => command.id !== 'palette' && canRun(command))
            .map(({ id, label, keys, danger, run, section }) => ({
              id,
              label,
              keys: keys?.split(', ')[0],
              words: [section],
              danger: danger ?? false,
              onChoose: run,
            })),
        },
        {
          title: 'Steps of this workflow',
          choices: document.nodes.map(({ id, name, type }) => ({
            id: `step ${id}`,
            label: name,
            detail: catalog.find(type)?.label,
            icon: <NodeIcon icon={catalog.find(type)?.icon} size={15} />,
            onChoose: () => store.getState().openStep(id),
          })),
        },
        {
          title: 'Add a step',
          choices: catalog.all().map(({ type, label, description, icon }) => ({
            id: `add ${type}`,
            label: `Add: ${label}`,
            words: [description],
            icon: <NodeIcon icon={icon} size={15} />,
            onChoose: () => onAddStep(type),
          })),
        },
        {
          title: 'Workflows',
          choices: (workflows.data?.items ?? []).map(({ id, name }) => ({
            id: `workflow ${id}`,
            label: name,
            words: [typed],
            onChoose: () => void navigate({ to: '/workflows/$workflowId', params: { workflowId: id }, search: {} }),
          })),
        },
        {
          title: 'Go to',
          choices: pages.map(({ to, label, keys }) => ({
            id: to,
            label,
            keys,
            onChoose: () => void navigate({ to, search: {} }),
          })),
        },
      ]}
    />
  );
}
