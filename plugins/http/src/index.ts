import { action, auth, defineConnector } from '@wfaib/sdk';
import { requestFields } from './request.fields.js';
import { sendRequest } from './send-request.js';

const request = action({
  label: 'HTTP request',
  description: 'Calls any HTTP address and makes items of the answer.',
  icon: 'globe',
  input: requestFields,
  // The method is data: any of them may change something at the other end.
  sideEffect: 'write',
  summary: '{{method}} {{url}}',
  paceFrom: 'batch',
  run: sendRequest,
});

export default defineConnector({
  id: 'http',
  label: 'HTTP',
  description: 'Talk to any web service.',
  icon: 'globe',
  sdk: 1,
  egress: ['*'],
  auth: { basic: auth.basic(), header: auth.header(), bearer: auth.bearer(), query: auth.query() },
  actions: { request },
});
