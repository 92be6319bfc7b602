import type { Field } from '@wfaib/sdk/fields';
import { RotateCcw } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { ExpressionField } from '../expressions/expression-field.js';
import { ExpressionHint } from '../expressions/expression-hint.js';
import { FieldControl } from './field-control.js';
import { useFormEnvironment } from './form-environment.js';
import { modeSwitch } from './mode-switch.js';
import { useDataInsertion } from './use-data-insertion.js';
import { isExpression } from './visible-fields.js';
import { t } from '../i18n/i18n.js';

interface FieldRowProps {
  field: Field;
  path: string;
  value: unknown;
  onChange(value: unknown): void;
}

/** Kinds whose parts take expressions themselves: the whole is one only where it was written as one, elsewhere. */
const composed = new Set<Field['kind']>(['list', 'group', 'keyvalue', 'conditions', 'notice', 'values']);

/** A problem within a field of several parts leads to the field, since its parts have no row of their own. */
function isWanted(focusPath: string | undefined, path: string, kind: Field['kind']): boolean {
  if (focusPath === path) return true;
  const isWhole = kind === 'keyvalue' || kind === 'values' || kind === 'conditions';
  return isWhole && focusPath !== undefined && /^[.[]/.test(focusPath.slice(path.length)) && focusPath.startsWith(path);
}

export function FieldRow(props: FieldRowProps) {
  return props.field.kind === 'notice' ? (
    <Notice field={props.field} />
  ) : (
    <ValueRow {...props} field={asTyped(props.field)} />
  );
}

/** A field whose example is what people type: the leading `=` is how documents write an expression. */
function asTyped(field: Field): Field {
  return field.placeholder?.startsWith('=') ? { ...field, placeholder: field.placeholder.slice(1) } : field;
}

function ValueRow({ field, path, value, onChange }: FieldRowProps) {
  const environment = useFormEnvironment();
  const row = useRef<HTMLDivElement>(null);
  const id = useId();
  // Whoever types an opening brace pair, or asks for an expression, goes on typing in it.
  const switched = useRef(false);
  const problem = environment.problemAt(path);
  const wanted = isWanted(environment.focusPath, path, field.kind);
  useEffect(() => {
    if (!wanted) return;
    row.current?.scrollIntoView({ block: 'center' });
    row.current
      ?.querySelector<HTMLElement>('input, textarea, select, [contenteditable], button[role="switch"]')
      ?.focus();
  }, [wanted]);

  const mayExpress =
    environment.expressions && field.expressions !== false && (!composed.has(field.kind) || isExpression(value));
  const asExpression = mayExpress && (isExpression(value) || (field.expressionOnly === true && value === undefined));
  const describedBy = problem ? `${id}-problem` : field.help ? `${id}-help` : undefined;
  const { handlers, picker } = useDataInsertion({
    label: field.label,
    isOn: mayExpress,
    value,
    onInsert: (template) => {
      switched.current = true;
      onChange(template);
    },
  });
  return (
    <div
      ref={row}
      role="presentation"
      data-field={path}
      {...(environment.expressions && field.expressions !== false ? { 'data-takes-expression': true } : {})}
      className="group/field min-w-0"
      {...handlers}
    >
      <div className="mb-1 flex min-h-6 items-center gap-1.5">
        <label htmlFor={id} className="truncate text-13 font-medium">
          {field.label}
          {field.required && (
            <span aria-hidden title={t('form.required')} className="text-failed">
              {' '}
              *
            </span>
          )}
        </label>
        {value !== undefined && field.default !== undefined && value !== field.default && (
          <button
            type="button"
            title={t('form.backTo', { value: JSON.stringify(field.default) })}
            aria-label={t('form.backToOf', { label: field.label })}
            onClick={() => onChange(undefined)}
            className="rounded p-0.5 text-faint opacity-0 group-focus-within/field:opacity-100 group-hover/field:opacity-100 hover:text-ink"
          >
            <RotateCcw size={12} />
          </button>
        )}
        <div className="flex-1" />
        {mayExpress && field.expressionOnly !== true && (
          <ModeToggle
            label={field.label}
            expression={asExpression}
            onToggle={() => {
              switched.current = true;
              onChange(modeSwitch(field, value));
            }}
          />
        )}
      </div>
      {asExpression ? (
        <ExpressionField
          id={id}
          label={field.label}
          value={typeof value === 'string' ? value : '='}
          multiline={field.kind === 'longtext' || field.kind === 'json' || field.kind === 'code'}
          invalid={problem?.isMistake === true}
          placeholder={field.placeholder}
          autoFocus={switched.current}
          onChange={(next) => onChange(next === '=' && field.expressionOnly ? undefined : next)}
        />
      ) : (
        <FieldControl
          id={id}
          field={field}
          path={path}
          value={value}
          onChange={(next) => {
            switched.current = isExpression(next);
            onChange(next);
          }}
          invalid={problem?.isMistake === true}
          describedBy={describedBy}
        />
      )}
      {mayExpress && !asExpression && <ExpressionHint value={value} onMend={onChange} />}
      {problem ? (
        <p id={`${id}-problem`} className={`mt-1 text-12 ${problem.isMistake ? 'text-failed' : 'text-waiting'}`}>
          {problem.message}
        </p>
      ) : (
        field.help && (
          <p id={`${id}-help`} className="mt-1 text-12 text-muted">
            {field.help}
          </p>
        )
      )}
      {picker}
    </div>
  );
}

function ModeToggle({ label, expression, onToggle }: { label: string; expression: boolean; onToggle(): void }) {
  return (
    <button
      type="button"
      aria-pressed={expression}
      aria-label={t('form.writeExpressionOf', { label })}
      title={expression ? t('form.fixed') : t('form.writeExpression')}
      onClick={onToggle}
      className={`-my-0.5 flex h-6 min-w-6 items-center justify-center rounded px-1.5 font-mono text-11 transition-opacity duration-120 ${expression ? 'bg-accent-soft text-accent' : 'text-faint opacity-60 group-focus-within/field:opacity-100 group-hover/field:opacity-100 hover:bg-subtle hover:text-ink'}`}
    >
      {expression ? t('form.expression') : 'ƒ'}
    </button>
  );
}

function Notice({ field }: { field: Extract<Field, { kind: 'notice' }> }) {
  const look = field.tone === 'warning' ? 'bg-waiting-soft text-waiting' : 'bg-accent-soft text-ink';
  return (
    <p className={`rounded-md px-3 py-2 text-12 ${look}`}>
      {field.label}
      {field.help ? ` ${field.help}` : ''}
    </p>
  );
}
