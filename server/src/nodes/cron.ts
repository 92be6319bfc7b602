import { say, type Sentence } from '@wfaib/sdk/sentence';
import { Cron } from 'croner';

const example = say`write minute, hour, day, month and weekday, like 0 9 * * MON-FRI`;

/** A cron expression, ready to be asked for times. Its times never depend on when it was made. @throws where it is none */
export function parseCron(text: string, timezone: string): Cron {
  // Five fields, or six with seconds first. `5/15` is accepted because n8n and Quartz write it so.
  return new Cron(text.trim(), { timezone, mode: '5-or-6-parts', sloppyRanges: true });
}

/** What is wrong with a cron expression, as the end of a sentence; `undefined` when it is fine. */
export function cronFault(text: string): Sentence | undefined {
  let cron: Cron;
  try {
    cron = parseCron(text, 'UTC');
  } catch (error) {
    return reasonOf(text, error as Error);
  }
  return cron.nextRun() === null ? say`never comes: there is no such day` : undefined;
}

function reasonOf(text: string, { message }: Error): Sentence {
  const count = text.trim().split(/\s+/).filter(Boolean).length;
  const isMacro = text.trim().startsWith('@');
  if (!isMacro && (count < 5 || count > 6)) {
    const parts = count === 1 ? say`1 part` : say`${{ count }} parts`;
    return say`has ${{ parts }} where a cron expression has five, or six with seconds first: ${{ example }}`;
  }
  const reason = message.replace(/^CronPattern: /, '');
  const told = reason.charAt(0).toLowerCase() + reason.slice(1).replace(/\.$/, '');
  return say`is no cron expression (${{ reason: told }}): ${{ example }}`;
}
