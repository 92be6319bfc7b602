import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../shared/components/button.js';
import { CredentialDialog } from './credential-dialog.js';
import { useCredentials } from './api/use-credentials.js';
import { t } from '../../shared/i18n/i18n.js';

interface CredentialPickerProps {
  slot: { slot: string; label: string; kinds: string[]; required: boolean };
  value: string | undefined;
  problem: string | undefined;
  onChange(credentialId: string | undefined): void;
}

/** The credentials that fit a slot of a step; a new one can be made in place. */
export function CredentialPicker({ slot, value, problem, onChange }: CredentialPickerProps) {
  const [creating, setCreating] = useState(false);
  const credentials = useCredentials();
  const fitting = (credentials.data ?? []).filter((credential) => slot.kinds.includes(credential.kind));
  const id = `credential-${slot.slot}`;
  const gone = value !== undefined && credentials.isSuccess && !fitting.some((credential) => credential.id === value);
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-13 font-medium">
        {slot.label}
        {slot.required && <span className="text-failed"> *</span>}
      </label>
      <div className="flex gap-1.5">
        <select
          id={id}
          className="field-input"
          value={value ?? ''}
          aria-invalid={problem !== undefined || gone}
          onChange={(event) => onChange(event.target.value || undefined)}
        >
          <option value="">{slot.required ? t('credentials.choose') : t('credentials.nothing')}</option>
          {gone && <option value={value}>{t('credentials.gone')}</option>}
          {fitting.map((credential) => (
            <option key={credential.id} value={credential.id}>
              {credential.name}
            </option>
          ))}
        </select>
        <Button icon={<Plus size={14} />} onClick={() => setCreating(true)}>
          {t('credentials.newShort')}
        </Button>
      </div>
      {problem && <p className="mt-1 text-12 text-failed">{problem}</p>}
      <CredentialDialog
        open={creating}
        kinds={slot.kinds}
        onClose={() => setCreating(false)}
        onSaved={(credential) => onChange(credential.id)}
      />
    </div>
  );
}
