import type { StepError } from '@wfaib/sdk/errors';
import type { Item } from '@wfaib/sdk/items';
import { useState } from 'react';
import { CodeEditor } from '../../shared/code/code-editor.js';
import { Button } from '../../shared/components/button.js';
import { ErrorCard } from '../../shared/data/error-card.js';
import { ItemJson } from '../../shared/data/item-json.js';
import { ItemSchema } from '../../shared/data/item-schema.js';
import { ItemTable } from '../../shared/data/item-table.js';
import { ValueViewer } from '../../shared/data/value-viewer.js';
import type { ViewedValue } from '../../shared/data/value-viewer.js';
import { ExpressionField } from '../../shared/expressions/expression-field.js';
import { noSample, SampleProvider } from '../../shared/expressions/sample-context.js';
import { Specimen, Specimens } from './specimen.js';

const items: Item[] = Array.from({ length: 200 }, (_, n) => ({
  json: { id: n, name: `Customer ${n}`, tags: ['new', 'paid'], address: { city: 'Berlin', zip: null } },
  source: [],
}));

const refused: StepError = { code: 'http.status', message: 'The service answered 503: try later.', status: 503 };
const called: StepError = {
  code: 'call.failed',
  message: '"Invoices" failed: The service answered 503: try later.',
  details: { runId: '0197aaaa-0000-7000-8000-000000000000', error: refused },
};

const page = '<h1>Invoice 12</h1><p>Due in 14 days.</p>';
const viewed: ViewedValue = { name: 'body', value: page, row: { body: page }, expression: '$json.body' };

const expressions = [
  ['a value', '={{ $json.name }}'],
  ['an empty text', '={{ "" }}'],
  ['no value for this item', '={{ $json.missing }}'],
  ['an error', '={{ $json.name.nope() }}'],
  ['braces forgotten', '=$json.name'],
] as const;

export function DataGallery() {
  const placeOf = (index: number) => index;
  const [shown, setShown] = useState<ViewedValue>();
  return (
    <>
      <Specimens title="Items">
        <Specimen wide state="table">
          <div className="h-48 border border-line">
            <ItemTable items={items} root="$json" placeOf={placeOf} onView={setShown} />
          </div>
        </Specimen>
        <Specimen wide state="JSON">
          <div className="h-48 border border-line">
            <ItemJson items={items} root="$json" placeOf={placeOf} runId="none" />
          </div>
        </Specimen>
        <Specimen wide state="schema">
          <div className="h-40 border border-line">
            <ItemSchema items={items} root="$json" />
          </div>
        </Specimen>
        <Button onClick={() => setShown(viewed)}>A value as a whole</Button>
        {shown && <ValueViewer viewed={shown} onClose={() => setShown(undefined)} />}
      </Specimens>
      <Specimens title="Errors">
        <Specimen state="of a step">
          <ErrorCard error={refused} />
        </Specimen>
        <Specimen state="of a called workflow">
          <ErrorCard error={called} title="Attempt 2 of 3" />
        </Specimen>
      </Specimens>
      <Specimens title="Expressions">
        <SampleProvider value={{ ...noSample, items: items.slice(0, 3) }}>
          {expressions.map(([state, value]) => (
            <Specimen key={state} state={state}>
              <div className="w-72">
                <ExpressionField label={state} value={value} onChange={() => {}} />
              </div>
            </Specimen>
          ))}
        </SampleProvider>
        <Specimen state="no data yet">
          <div className="w-72">
            <ExpressionField label="no data yet" value="={{ $json.name }}" onChange={() => {}} />
          </div>
        </Specimen>
      </Specimens>
      <Specimens title="Code">
        <Specimen wide state="with a mistake">
          <CodeEditor
            label="Code with a mistake"
            language="javascript"
            value={'return [{ a: 1 }'}
            onChange={() => {}}
          />
        </Specimen>
        <Specimen wide state="read only">
          <CodeEditor readOnly label="JSON, read only" language="json" value={'{ "a": 1 }'} onChange={() => {}} />
        </Specimen>
      </Specimens>
    </>
  );
}
