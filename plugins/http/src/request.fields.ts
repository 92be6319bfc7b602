import { f } from '@wfaib/sdk';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].map((value) => ({ value, label: value }));

const pagination = f.group({
  label: 'Pagination',
  help: 'Asks for page after page and puts the items of all pages together.',
  of: {
    mode: f.select({
      label: 'Next page',
      default: 'nextUrl',
      expressions: false,
      choices: [
        { value: 'nextUrl', label: 'Address in the response' },
        { value: 'page', label: 'Page number in the query' },
        { value: 'cursor', label: 'Cursor in the query' },
      ],
    }),
    next: f.text({
      label: 'Next',
      help: 'Expression over $response (status, headers, body): the next address or cursor; nothing ends the list.',
      placeholder: '={{ $response.body.next }}',
      deferred: true,
    }),
    param: f.text({ label: 'Query parameter', help: 'Takes the page number or the cursor.', expressions: false }),
    start: f.number({ label: 'First page', default: 1, integer: true }),
    maxPages: f.number({ label: 'Most pages', default: 100, min: 1, max: 10_000, integer: true }),
    items: f.text({
      label: 'Items',
      help: 'Where the items of a page are: a path like data.items, or an expression over $response.',
      deferred: true,
    }),
  },
});

/** The form of `http.request`; names and defaults are a published interface. */
export const requestFields = {
  url: f.url({ label: 'URL', required: true }),
  method: f.select({ label: 'Method', default: 'GET', choices: methods }),
  headers: f.keyvalue({ label: 'Headers' }),
  query: f.keyvalue({ label: 'Query', help: 'An array repeats the name, null leaves it out.' }),
  bodyType: f.select({
    label: 'Body type',
    default: 'json',
    choices: [
      { value: 'json', label: 'JSON' },
      { value: 'form', label: 'Form' },
      { value: 'multipart', label: 'Multipart form with files' },
      { value: 'text', label: 'Text' },
      { value: 'binary', label: 'File' },
    ],
    showWhen: { method: ['POST', 'PUT', 'PATCH', 'DELETE'] },
  }),
  body: f.json({ label: 'Body', showWhen: { method: ['POST', 'PUT', 'PATCH', 'DELETE'] } }),
  files: f.json({
    label: 'Files',
    help: 'Names of files in the item, or an object from part name to file name.',
    showWhen: { bodyType: ['multipart', 'binary'] },
  }),
  output: f.select({
    label: 'Output',
    default: 'body',
    choices: [
      { value: 'body', label: 'Body' },
      { value: 'full', label: 'Status, headers and body' },
      { value: 'file', label: 'File' },
    ],
  }),
  allowErrors: f.boolean({ label: 'Accept error statuses', default: false }),
  timeoutMs: f.number({ label: 'Time limit in milliseconds', default: 30_000, min: 1, max: 3_600_000, integer: true }),
  pagination,
  batch: f.group({
    label: 'Batches',
    help: 'Sends so many requests at once, then waits.',
    of: {
      size: f.number({ label: 'Requests at once', min: 1, integer: true }),
      intervalMs: f.number({ label: 'Wait between batches in milliseconds', min: 0, integer: true }),
    },
  }),
};
