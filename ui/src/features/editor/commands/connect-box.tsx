import { notify } from '../../../shared/components/toasts.js';
import { useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { connect } from '../graph/connect.js';
import { connectTargets } from '../graph/connect-targets.js';
import { ChooseBox } from '../../../shared/components/choose-box.js';

/** Connects the selected step to another without a pointer. */
export function ConnectBox({ onClose }: { onClose(): void }) {
  const store = useEditorStore();
  const document = useDocument();
  const catalog = useEditor((state) => state.catalog);
  const id = useEditor((state) => state.selection.nodes[0]);
  const source = document.nodes.find((node) => node.id === id);
  if (!source) return null;
  return (
    <ChooseBox
      label={`Connect ${source.name} to`}
      placeholder={`Connect “${source.name}” to…`}
      empty="There is no step it could lead to."
      onClose={onClose}
      groups={[
        {
          title: 'Steps',
          choices: connectTargets(document, catalog, source.id).map(({ connection, label }) => ({
            id: `${connection.from.port} ${connection.to.node} ${connection.to.port}`,
            label,
            onChoose: () => {
              store.getState().edit('Connect', (draft) => connect(draft, connection));
              notify(`Connected “${source.name}” to ${label.replace('→', 'leads to')}.`);
            },
          })),
        },
      ]}
    />
  );
}
