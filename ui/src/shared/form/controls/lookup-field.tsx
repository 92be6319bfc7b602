import { useQuery } from '@tanstack/react-query';
import type { Field } from '@wfaib/sdk/fields';
import { RefreshCw } from 'lucide-react';
import { useId, useState } from 'react';
import { messageOf } from '../../../api/client.js';
import { IconButton } from '../../components/button.js';
import { useDebounced } from '../../hooks/use-debounced.js';
import type { ControlProps } from '../field-control.js';
import { useFormEnvironment } from '../form-environment.js';

/** Choices that the service is asked for while one types. What is known better, an id for example, can be typed in as it is. */
export function LookupField({
  id,
  field,
  value,
  invalid,
  describedBy,
  onChange,
}: ControlProps<Extract<Field, { kind: 'lookup' }>>) {
  const { lookUp } = useFormEnvironment();
  const listId = useId();
  const [isAsked, setAsked] = useState(false);
  const text = value === undefined || value === null ? '' : String(value);
  const search = useDebounced(field.searchable ? text : '', 300);
  const request = lookUp?.requestOf(field, search);
  const choices = useQuery({
    queryKey: ['choices', request],
    enabled: isAsked && lookUp !== undefined,
    staleTime: 60_000,
    retry: false,
    queryFn: () => lookUp?.load(request) ?? Promise.resolve([]),
  });
  const known = choices.data?.find((choice) => String(choice.value) === text);
  return (
    <div>
      <div className="flex gap-1.5">
        <input
          id={id}
          list={listId}
          value={text}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={invalid}
          aria-describedby={describedBy}
          aria-required={field.required}
          placeholder={field.placeholder ?? 'Choose or type…'}
          className="field-input"
          onFocus={() => setAsked(true)}
          onChange={(event) => {
            const typed = event.target.value;
            const chosen = choices.data?.find((choice) => choice.label === typed && String(choice.value) !== typed);
            onChange(typed === '' ? undefined : typed.startsWith('=') ? typed : (chosen?.value ?? typed));
          }}
        />
        <datalist id={listId}>
          {choices.data?.map((choice) => (
            <option key={String(choice.value)} value={String(choice.value)} label={choice.label} />
          ))}
        </datalist>
        <IconButton
          label={`Ask again for the choices of ${field.label}`}
          onClick={() => {
            setAsked(true);
            void choices.refetch();
          }}
        >
          <RefreshCw size={14} className={choices.isFetching ? 'animate-spin motion-reduce:animate-none' : ''} />
        </IconButton>
      </div>
      <p role="status" className={`text-12 ${choices.isError ? 'text-failed' : 'text-muted'}`}>
        {choices.isError
          ? `No choices: ${messageOf(choices.error)} You can type the value.`
          : known && known.label !== text
            ? known.label
            : choices.data && text !== '' && !known && !field.searchable
              ? 'Not in the list.'
              : choices.data?.length === 0
                ? 'There is nothing to choose from.'
                : ''}
      </p>
    </div>
  );
}
