import { action, auth, defineConnector, f } from '@wfaib/sdk';
import { readFeed } from './read-feed.js';

const read = action({
  label: 'Read a feed',
  description: 'Reads an RSS or Atom feed; each entry becomes an item.',
  input: {
    url: f.url({ label: 'Feed URL', required: true }),
    max: f.number({
      label: 'Most entries',
      help: 'The newest as the feed lists them.',
      default: 100,
      min: 1,
      integer: true,
    }),
    timeoutMs: f.number({ label: 'Time limit in milliseconds', default: 30_000, min: 1, integer: true }),
  },
  sideEffect: 'read',
  summary: '{{url}}',
  run: readFeed,
});

export default defineConnector({
  id: 'rss',
  label: 'RSS',
  description: 'Read news feeds.',
  icon: 'rss',
  sdk: 1,
  egress: ['*'],
  auth: { basic: auth.basic(), header: auth.header(), bearer: auth.bearer(), query: auth.query() },
  actions: { read },
});
