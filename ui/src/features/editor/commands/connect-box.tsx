import { notify } from '../../../shared/components/toasts.js';
import { useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { connect } from '../graph/connect.js';
import { connectTargets } from '../graph/connect-targets.js';
import { ChooseBox } from '../../../shared/components/choose-box.js';
import { t } from '../../../shared/i18n/i18n.js';

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
      label={t('editor.connect.label', { name: source.name })}
      placeholder={t('editor.connect.placeholder', { name: source.name })}
      empty={t('editor.connect.none')}
      onClose={onClose}
      groups={[
        {
          title: t('editor.section.Steps'),
          choices: connectTargets(document, catalog, source.id).map(({ connection, label }) => ({
            id: `${connection.from.port} ${connection.to.node} ${connection.to.port}`,
            label,
            onChoose: () => {
              store.getState().edit(t('editor.connect'), (draft) => connect(draft, connection));
              notify(
                t('editor.connect.done', { name: source.name, to: label.replace('→', t('editor.connect.leads')) }),
              );
            },
          })),
        },
      ]}
    />
  );
}
