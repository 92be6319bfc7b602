import { SetMetadata } from '@nestjs/common';

/** Key under which the guard finds that Temporal's own pages may call a route. */
export const fromTemporalPagesKey = 'wfaib:fromTemporalPages';

/** Lets pages at `TEMPORAL_UI_URL` call the route from the browser with a person's session, besides our own pages. */
export const FromTemporalPages = () => SetMetadata(fromTemporalPagesKey, true);
