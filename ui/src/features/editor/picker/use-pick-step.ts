import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { newId } from '../../../shared/hooks/new-id.js';
import type { PickerRequest } from '../canvas/canvas-actions.js';
import { useEditorStore } from '../editor-store.js';
import { addNode } from '../graph/add-node.js';
import { replaceNode } from '../graph/replace-node.js';
import { t } from '../../../shared/i18n/i18n.js';

/** Adds a step of the chosen type, or makes a step one of that type, and opens it. */
export function usePickStep() {
  const store = useEditorStore();
  return (descriptor: NodeDescriptor, placement: PickerRequest['placement']): void => {
    const { edit, openStep, openFresh, catalog } = store.getState();
    if (placement.kind === 'replace') {
      edit(t('editor.replaceBy', { label: descriptor.label }), (draft) => {
        const type = draft.nodes.find(({ id }) => id === placement.node)?.type ?? '';
        replaceNode(draft, placement.node, catalog.find(type), descriptor);
      });
      openStep(placement.node);
      return;
    }
    const id = newId();
    edit(t('editor.addOf', { label: descriptor.label }), (draft) => void addNode(draft, descriptor, id, placement));
    openFresh(id);
  };
}
