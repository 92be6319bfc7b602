import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Credential, CredentialKind } from '../../api/types.js';
import { SaveDialog } from '../../shared/components/save-dialog.js';
import { FieldList } from '../../shared/form/field-list.js';
import { withValue } from '../../shared/form/with-value.js';
import { changeCredential, createCredential } from './api/save-credential.js';
import { credentialsKey, useCredentialKinds } from './api/use-credentials.js';
import { t } from '../../shared/i18n/i18n.js';

interface CredentialDialogProps {
  open: boolean;
  onClose(): void;
  /** Edits this one; makes a new one otherwise. */
  credential?: Credential | undefined;
  /** Kinds to choose from. @defaultValue all */
  kinds?: readonly string[] | undefined;
  onSaved?(credential: Credential): void;
}

export function CredentialDialog(props: CredentialDialogProps) {
  // A fresh form for each opening: no secret of the last one stays in memory.
  return props.open ? <CredentialForm {...props} /> : null;
}

function CredentialForm({ onClose, credential, kinds, onSaved }: CredentialDialogProps) {
  const all = useCredentialKinds();
  const choices = (all.data ?? []).filter((kind) => !kinds || kinds.includes(kind.kind));
  const [kindName, setKind] = useState(credential?.kind);
  const kind = (all.data ?? []).find((candidate) => candidate.kind === (kindName ?? choices[0]?.kind));
  const [name, setName] = useState(credential?.name ?? '');
  const [values, setValues] = useState<Record<string, unknown>>({});
  const [limits, setLimits] = useState<Record<string, unknown>>({
    maxConcurrentCalls: credential?.maxConcurrentCalls ?? undefined,
  });
  const queryClient = useQueryClient();
  const saving = useMutation({
    mutationFn: () => {
      const input = {
        name: name.trim() || (kind?.label ?? t('credentials.one')),
        kind: kind?.kind ?? '',
        values,
        maxConcurrentCalls: (limits['maxConcurrentCalls'] as number | undefined) ?? null,
      };
      return credential ? changeCredential(credential.id, input) : createCredential(input);
    },
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: credentialsKey });
      onSaved?.(saved);
      onClose();
    },
  });
  const missing =
    kind && !credential && Object.entries(kind.fields).some(([field, { required }]) => required && !values[field]);
  return (
    <SaveDialog
      title={credential ? t('credentials.editNamed', { name: credential.name }) : t('credentials.new')}
      description={t('credentials.intro')}
      action={credential ? t('common.save') : t('common.create')}
      isComplete={kind !== undefined && missing !== true}
      saving={saving}
      onClose={onClose}
    >
      {!credential && (
        <div>
          <label htmlFor="credential-kind" className="mb-1 block text-13 font-medium">
            {t('common.kind')}
          </label>
          <select
            id="credential-kind"
            className="field-input"
            value={kind?.kind ?? ''}
            onChange={(event) => {
              setKind(event.target.value);
              setValues({});
            }}
          >
            {choices.map((choice) => (
              <option key={choice.kind} value={choice.kind}>
                {choice.label}
              </option>
            ))}
          </select>
        </div>
      )}
      <div>
        <label htmlFor="credential-name" className="mb-1 block text-13 font-medium">
          {t('common.name')}
        </label>
        <input
          id="credential-name"
          className="field-input"
          value={name}
          placeholder={kind?.label}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      {kind && (
        <FieldList
          fields={credential ? keepingValues(kind, credential) : kind.fields}
          values={values}
          path="values"
          onChange={(field, value) => setValues((before) => withValue(before, field, value))}
        />
      )}
      {kind && (
        <FieldList
          fields={limitFields()}
          values={limits}
          path="limits"
          onChange={(field, value) => setLimits((before) => withValue(before, field, value))}
        />
      )}
    </SaveDialog>
  );
}

const limitFields = (): CredentialKind['fields'] => ({
  maxConcurrentCalls: {
    kind: 'number',
    label: t('credentials.limit'),
    help: t('credentials.limitHelp'),
    min: 1,
    max: 1_000,
    integer: true,
    expressions: false,
  },
});

/** Values never come back from the server: while editing, an empty field keeps what it holds. */
function keepingValues(kind: CredentialKind, credential: Credential): CredentialKind['fields'] {
  return Object.fromEntries(
    Object.entries(kind.fields).map(([name, field]) => [
      name,
      credential.fields?.[name]?.hasValue ? { ...field, required: false, placeholder: t('credentials.keeps') } : field,
    ]),
  );
}
