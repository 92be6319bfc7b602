import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { SaveDialog } from '../../shared/components/save-dialog.js';
import { Segmented } from '../../shared/components/segmented.js';
import { saveVariable, variablesKey } from './api/variables.js';
import type { Variable } from './api/variables.js';
import { kindOf, textOf, valueOf } from './variable-text.js';
import type { ValueKind } from './variable-text.js';
import { t } from '../../shared/i18n/i18n.js';

interface VariableDialogProps {
  /** The one to change; without it a new one is made. */
  variable?: Variable | undefined;
  onClose(): void;
}

export function VariableDialog({ variable, onClose }: VariableDialogProps) {
  const [name, setName] = useState(variable?.name ?? '');
  const [kind, setKind] = useState<ValueKind>(variable ? kindOf(variable.value) : 'text');
  const [text, setText] = useState(variable ? textOf(variable.value) : '');
  const queryClient = useQueryClient();
  const saving = useMutation({
    mutationFn: async () => saveVariable(variable?.id, { name: name.trim(), value: valueOf(kind, text) }),
    onSuccess: () => {
      onClose();
      return queryClient.invalidateQueries({ queryKey: variablesKey });
    },
  });
  return (
    <SaveDialog
      title={variable ? t('variables.change', { name: variable.name }) : t('variables.new')}
      description={t('variables.intro')}
      isComplete={name.trim() !== ''}
      saving={saving}
      onClose={onClose}
    >
      <label className="block">
        <span className="mb-1 block text-13 font-medium">{t('common.name')}</span>
        <input
          className="field-input font-mono"
          value={name}
          placeholder="apiUrl"
          maxLength={100}
          spellCheck={false}
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
        <span className="mt-1 block text-12 text-muted">
          {t('variables.use')} <code className="font-mono">$vars.{name.trim() || 'apiUrl'}</code>
        </span>
      </label>
      <div>
        <div className="mb-1 flex items-center justify-between">
          <label htmlFor="variable-value" className="text-13 font-medium">
            {t('common.value')}
          </label>
          <Segmented<ValueKind>
            dense
            label={t('variables.kind')}
            value={kind}
            onChange={setKind}
            options={[
              { value: 'text', label: t('variables.text') },
              { value: 'json', label: t('common.json') },
            ]}
          />
        </div>
        <textarea
          id="variable-value"
          className="field-input font-mono text-12!"
          rows={Math.min(12, Math.max(3, text.split('\n').length))}
          value={text}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
    </SaveDialog>
  );
}
