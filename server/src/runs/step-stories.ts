import type { RunEvent } from '../interpreter/run-events.types.js';
import type { FailedTry, StepPause } from './run-pages.types.js';

/** What happened on the way to the end of a visit. */
export interface StoryParts {
  tries: FailedTry[];
  pauses: StepPause[];
}

/** The failed tries and the pauses of each visit, out of its events in their order. */
export function storiesOf(events: readonly RunEvent[]): Map<string, StoryParts> {
  const stories = new Map<string, StoryParts>();
  for (const event of events) {
    if (!('step' in event)) continue;
    const story = stories.get(event.step) ?? { tries: [], pauses: [] };
    stories.set(event.step, story);
    addTo(story, event);
  }
  return stories;
}

function addTo(story: StoryParts, event: RunEvent): void {
  if (event.type === 'step.retrying') {
    const { attempt, startedAt, endedAt, dueAt, error } = event;
    story.tries.push({ attempt, startedAt, endedAt, dueAt, error });
  }
  if (event.type === 'step.waiting') {
    for (const { kind, until = null, approval } of event.waits) {
      const asked = approval && { title: approval.title, decisions: [] };
      story.pauses.push({ kind, until, startedAt: event.at, endedAt: null, endedBy: null, ...asked });
    }
  }
  if (event.type === 'wait.decided') {
    const { by, decision, at, comment } = event;
    story.pauses.at(-1)?.decisions?.push({ by, decision, at, ...(comment !== undefined && { comment }) });
  }
  if (event.type === 'wait.resolved') {
    for (const pause of story.pauses) {
      if (pause.endedAt !== null) continue;
      pause.endedAt = event.at;
      pause.endedBy = event.by;
    }
  }
}
