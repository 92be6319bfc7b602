import { PencilLine } from 'lucide-react';
import { useState } from 'react';
import { messageOf } from '../../api/client.js';
import type { RunOverview } from '../../api/types.js';
import { Button } from '../../shared/components/button.js';
import { Dialog } from '../../shared/components/dialog.js';
import { Loading } from '../../shared/components/page.js';
import { t } from '../../shared/i18n/i18n.js';
import type { RetryRequest } from './api/retry-run.js';
import { useLiveVersion } from './api/use-live-version.js';
import { useRetryForecast } from './api/use-retry-forecast.js';
import { retryPlaces } from './model/retry-places.js';
import type { RetryPlace } from './model/retry-places.js';
import { RetryForecast } from './retry-forecast.js';

interface RetryDialogProps {
  run: RunOverview;
  /** Where a person asked to begin. @defaultValue where the run failed, else the start */
  place?: RetryPlace | undefined;
  busy: boolean;
  onStart(request: RetryRequest): void;
  /** Opens the input of the run for editing. */
  onEditInput(): void;
  onClose(): void;
}

type Version = 'same' | 'live' | 'draft';

/** Asks where a retry begins and on which version; says what it would not do again before anything starts. */
export function RetryDialog({ run, place, busy, onStart, onEditInput, onClose }: RetryDialogProps) {
  const [at, setAt] = useState(0);
  const [version, setVersion] = useState<Version>('same');
  const places = retryPlaces(run, place);
  const request = { ...places[at]?.request, ...(version === 'same' ? {} : { version }) };
  const forecast = useRetryForecast(run.id, request);
  const versions = useVersionChoices(run);
  return (
    <Dialog
      open
      onClose={onClose}
      width={640}
      title={t('retry.title')}
      description={t('retry.intro')}
      footer={
        <>
          <Button variant="quiet" icon={<PencilLine size={13} />} className="mr-auto" onClick={onEditInput}>
            {t('retry.editFirst')}
          </Button>
          <Button onClick={onClose}>{t('retry.cancel')}</Button>
          <Button
            variant="primary"
            disabled={busy || forecast.isError || forecast.isFetching}
            onClick={() => onStart(request)}
          >
            {t('retry.start')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Choices
          legend={t('retry.where')}
          options={places.map(({ label }, index) => [String(index), label])}
          value={String(at)}
          onChange={(index) => setAt(Number(index))}
        />
        <Choices<Version> legend={t('retry.version')} options={versions} value={version} onChange={setVersion} />
      </div>
      <hr className="my-3 border-line" />
      {forecast.isPending && <Loading />}
      {forecast.isError && (
        <p role="alert" className="text-13 text-failed">
          {messageOf(forecast.error)}
        </p>
      )}
      {forecast.data && <RetryForecast forecast={forecast.data} />}
    </Dialog>
  );
}

function useVersionChoices({ workflowId, version }: RunOverview): [Version, string][] {
  const live = useLiveVersion(workflowId);
  const same = version === null ? t('retry.version.sameDraft') : t('retry.version.same', { version });
  if (workflowId === null) return [['same', same]];
  return [
    ['same', same],
    ...(typeof live === 'number' && live !== version
      ? [['live', t('retry.version.live', { version: live })] satisfies [Version, string]]
      : []),
    ['draft', t('retry.version.draft')],
  ];
}

interface ChoicesProps<T extends string> {
  legend: string;
  options: readonly (readonly [T, string])[];
  value: T;
  onChange(value: T): void;
}

function Choices<T extends string>({ legend, options, value, onChange }: ChoicesProps<T>) {
  return (
    <fieldset>
      <legend className="mb-1 text-12 font-medium text-muted">{legend}</legend>
      {options.map(([option, label]) => (
        <label key={option} className="flex cursor-pointer items-center gap-2 py-1 text-13">
          <input
            type="radio"
            name={legend}
            className="accent-accent"
            checked={option === value}
            onChange={() => onChange(option)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
