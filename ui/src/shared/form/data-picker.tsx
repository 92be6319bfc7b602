import { useMemo } from 'react';
import { ChooseBox } from '../components/choose-box.js';
import { schemaOf } from '../data/schema-of.js';
import { pathExpression } from '../expressions/drag-expression.js';
import { useSample } from '../expressions/sample-context.js';
import { t } from '../i18n/i18n.js';

interface DataPickerProps {
  label: string;
  onPick(expression: string): void;
  onClose(): void;
}

/** The data of earlier steps as a list to choose from: what dragging does, for the keyboard. */
export function DataPicker({ label, onPick, onClose }: DataPickerProps) {
  const sample = useSample();
  const groups = useMemo(() => {
    const of = (title: string, root: string, items: Parameters<typeof schemaOf>[0]) => ({
      title,
      choices: schemaOf(items).map(({ path, example }) => {
        const expression = pathExpression(root, path);
        return {
          id: expression,
          label: path.join('.'),
          detail: example,
          words: [title],
          onChoose: () => onPick(expression),
        };
      }),
    });
    return [
      of(t('data.comesIn'), '$json', sample.items),
      ...Object.entries(sample.nodes).map(([name, node]) =>
        of(name, `$(${JSON.stringify(name)}).item.json`, node.items),
      ),
    ];
  }, [sample, onPick]);
  return (
    <ChooseBox
      label={t('form.dataFor', { label })}
      placeholder={t('form.chooseValue')}
      empty={t('form.noDataYet')}
      groups={groups}
      onClose={onClose}
    />
  );
}
