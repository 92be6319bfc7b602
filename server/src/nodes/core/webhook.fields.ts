import type { Choice, Field } from '@wfaib/sdk/fields';

const methods = ['POST', 'GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'ANY'];

function choices(...pairs: [value: string, label: string, help?: string][]): Choice[] {
  return pairs.map(([value, label, help]) => (help === undefined ? { value, label } : { value, label, help }));
}

const request: Record<string, Field> = {
  path: {
    kind: 'text',
    label: 'Path',
    help: 'Part of the address after /hooks/. A part that starts with a colon is a parameter; a fixed part wins over one.',
    placeholder: 'orders/:id',
    required: true,
    expressions: false,
  },
  method: {
    kind: 'select',
    label: 'Method',
    help: 'HEAD is answered like GET. Another method is refused with 405.',
    choices: methods.map((value) => ({ value, label: value === 'ANY' ? 'Any' : value })),
    default: 'POST',
    expressions: false,
  },
};

const reply: Record<string, Field> = {
  respond: {
    kind: 'select',
    label: 'Answer',
    choices: choices(
      ['immediately', 'Immediately', 'The caller gets the id of the run at once.'],
      ['lastNode', 'When the last node finished', 'The caller gets its items.'],
      ['respondNode', 'From a Respond node', 'The workflow decides what the caller gets.'],
    ),
    default: 'immediately',
    expressions: false,
  },
  status: {
    kind: 'number',
    label: 'Status',
    help: 'HTTP status of the answer. Left empty it is 202 when answered immediately, otherwise 200.',
    placeholder: 'as it is answered',
    integer: true,
    min: 100,
    max: 599,
    showWhen: { respond: ['immediately', 'lastNode'] },
    expressions: false,
  },
  respondData: {
    kind: 'select',
    label: 'Answer with',
    choices: choices(['firstItem', 'The first item'], ['allItems', 'A list of all items']),
    default: 'firstItem',
    showWhen: { respond: ['lastNode'] },
    expressions: false,
  },
  replyTimeout: {
    kind: 'text',
    format: 'duration',
    label: 'Longest wait for the answer',
    help: 'After it the caller gets 202 with the id of the run, and the run goes on.',
    placeholder: '60s',
    default: '60s',
    showWhen: { respond: ['lastNode', 'respondNode'] },
    expressions: false,
  },
};

const signature = { auth: ['hmac'] };

const auth: Record<string, Field> = {
  auth: {
    kind: 'select',
    label: 'Who may call',
    choices: choices(
      ['none', 'Anyone'],
      ['basic', 'User name and password'],
      ['header', 'A secret header'],
      ['hmac', 'Signed requests', 'The sender signs the body with a shared secret, as GitHub and Stripe do.'],
    ),
    default: 'none',
    expressions: false,
  },
  header: {
    kind: 'text',
    label: 'Signature header',
    placeholder: 'X-Hub-Signature-256',
    default: 'X-Hub-Signature-256',
    showWhen: signature,
    expressions: false,
  },
  algorithm: {
    kind: 'select',
    label: 'Algorithm',
    choices: choices(['sha256', 'SHA-256'], ['sha1', 'SHA-1'], ['sha512', 'SHA-512']),
    default: 'sha256',
    showWhen: signature,
    expressions: false,
  },
  encoding: {
    kind: 'select',
    label: 'Encoding',
    choices: choices(['hex', 'Hexadecimal'], ['base64', 'Base64']),
    default: 'hex',
    showWhen: signature,
    expressions: false,
  },
  prefix: {
    kind: 'text',
    label: 'Text before the signature',
    placeholder: 'sha256=',
    default: '',
    showWhen: signature,
    expressions: false,
  },
};

const handling: Record<string, Field> = {
  rawBody: {
    kind: 'boolean',
    label: 'Keep the body as it came',
    help: 'The body is not parsed and is handed on as a file.',
    default: false,
    expressions: false,
  },
  dedupeBy: {
    kind: 'text',
    label: 'Same event when equal',
    help: 'Within 24 hours a request with the same value gets the answer of the first one and starts no run.',
    placeholder: '={{ $json.headers["x-request-id"] }}',
    expressionOnly: true,
  },
};

/** Parameters of `core.webhook`, in the order of the form. */
export const webhookFields: Record<string, Field> = { ...request, ...reply, ...auth, ...handling };
