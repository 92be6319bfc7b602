import type { Mail } from '../mail/mailer.service.js';
import { requestOf } from './approval-views.js';
import type { ApprovalRecord } from './approvals.repository.js';

/** The mail that asks one person. `notice` counts from 0: all but the first are reminders. */
export function approvalMail(record: ApprovalRecord, to: string, url: string, notice: number): Mail {
  const { title, message, required, approvers, onTimeout } = requestOf(record);
  const asks = `${record.workflow_name} asks you to decide${notice === 0 ? '' : ', and is still waiting'}.`;
  const end = record.until === null ? [] : [`${ends[onTimeout]} ${record.until.toUTCString()}.`];
  const many =
    approvers.length > 1 ? [`${required} of ${approvers.length} people have to approve; one can reject.`] : [];
  const notes = [...many, ...end, 'The link is for you alone: who has it can decide in your name.'];
  return {
    to,
    subject: `${notice === 0 ? '' : 'Reminder: '}${title}`,
    text: [asks, title, ...(message === '' ? [] : [message]), `Look at it and decide: ${url}`, notes.join('\n')].join(
      '\n\n',
    ),
    html: `<div style="font-family:sans-serif;max-width:36em">
<p>${escape(asks)}</p>
<h1 style="font-size:1.25em">${escape(title)}</h1>
<p style="white-space:pre-wrap">${escape(message)}</p>
<p><a href="${escape(url)}" style="display:inline-block;padding:.6em 1.2em;border-radius:.4em;background:#3553d6;color:#fff;text-decoration:none">Look at it and decide</a></p>
<p style="color:#555;font-size:.9em">${notes.map(escape).join('<br>')}</p>
</div>`,
  };
}

const ends = {
  timeout: 'It waits until',
  approve: 'It counts as approved if nobody decides until',
  reject: 'It counts as rejected if nobody decides until',
};

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
