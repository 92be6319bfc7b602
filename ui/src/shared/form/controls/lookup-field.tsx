import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Field } from '@wfaib/sdk/fields';
import { RefreshCw } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { messageOf } from '../../../api/client.js';
import { IconButton } from '../../components/button.js';
import { useDebounced } from '../../hooks/use-debounced.js';
import type { ControlProps } from '../field-control.js';
import { useFormEnvironment } from '../form-environment.js';
import { t } from '../../i18n/i18n.js';

/**
 * Choices that the service is asked for while one types; what is chosen is shown by its label. What is known better, an id
 * for example, can be typed in as it is.
 */
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
  const [typed, setTyped] = useState<string>();
  const text = value === undefined || value === null ? '' : String(value);
  const search = useDebounced(field.searchable ? (typed ?? text) : '', 300);
  // A part of a name is no value: what is known here is taken when it is whole, or when the field is left.
  const isNear = lookUp?.isNear === true;
  const request = lookUp?.requestOf(field, search);
  const choices = useQuery({
    queryKey: ['choices', request],
    enabled: lookUp !== undefined && (isAsked || (isNear && text !== '')),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
    queryFn: () => lookUp?.load(request) ?? Promise.resolve([]),
  });
  const chosenBy = (next: string) => choices.data?.find(({ label }) => label === next);
  const isWhole = (next: string) => next === '' || next.startsWith('=') || chosenBy(next) !== undefined;
  const take = (next: string) => onChange(next === '' ? undefined : (chosenBy(next)?.value ?? next));
  const known = choices.data?.find((choice) => String(choice.value) === text);
  // Whoever wrote a whole name and went on before the answer was here meant the one of this name.
  const meant = isNear && typed === undefined && known === undefined ? chosenBy(text) : undefined;
  useEffect(() => {
    if (meant) onChange(meant.value);
  });
  return (
    <div>
      <div className="flex gap-1.5">
        <input
          id={id}
          list={listId}
          value={typed ?? known?.label ?? text}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={invalid}
          aria-describedby={describedBy}
          aria-required={field.required}
          placeholder={field.placeholder ?? t('form.chooseOrType')}
          className="field-input"
          onFocus={() => setAsked(true)}
          onBlur={() => {
            if (typed !== undefined) take(typed);
            setTyped(undefined);
          }}
          onChange={(event) => {
            const next = event.target.value;
            setTyped(next);
            if (!isNear || isWhole(next)) take(next);
          }}
        />
        <datalist id={listId}>
          {choices.data?.map((choice) => (
            <option key={String(choice.value)} value={choice.label} />
          ))}
        </datalist>
        <IconButton
          label={t('form.askAgain', { label: field.label })}
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
          ? t('form.noChoices', { error: messageOf(choices.error) })
          : known && known.label !== text && !isNear
            ? text
            : choices.data && text !== '' && !known && !field.searchable
              ? t('form.notListed')
              : choices.data?.length === 0
                ? t('form.nothingToChoose')
                : ''}
      </p>
    </div>
  );
}
