import { Fragment } from 'react';
import type { ReactNode } from 'react';

/** The part of Markdown that notes need: headings, lists, bold, italic, code, links. Nothing of it can hold HTML. */
export function NoteText({ text }: { text: string }) {
  return (
    <>
      {blocksOf(text).map((block, index) =>
        block.kind === 'list' ? (
          <ul key={index} className="mb-1 list-disc pl-5">
            {block.lines.map((line, at) => (
              <li key={at}>{inline(line)}</li>
            ))}
          </ul>
        ) : (
          <p key={index} className={`mb-1 break-words ${looks[block.kind]}`}>
            {block.lines.map((line, at) => (
              <Fragment key={at}>
                {at > 0 && <br />}
                {inline(line)}
              </Fragment>
            ))}
          </p>
        ),
      )}
    </>
  );
}

type Kind = 'text' | 'list' | 'heading' | 'subheading';
const looks: Record<Exclude<Kind, 'list'>, string> = {
  text: '',
  heading: 'text-16 font-semibold',
  subheading: 'font-semibold',
};

export function blocksOf(text: string): { kind: Kind; lines: string[] }[] {
  const blocks: { kind: Kind; lines: string[] }[] = [];
  let open = false;
  for (const line of text.split('\n')) {
    const [kind, content] = kindOf(line);
    const last = blocks.at(-1);
    if (content === '') open = false;
    else if (open && last?.kind === kind && (kind === 'text' || kind === 'list')) last.lines.push(content);
    else {
      blocks.push({ kind, lines: [content] });
      open = true;
    }
  }
  return blocks;
}

function kindOf(line: string): [Kind, string] {
  const heading = /^(#{1,4})\s+(.*)/.exec(line);
  if (heading) return [heading[1]?.length === 1 ? 'heading' : 'subheading', heading[2] ?? ''];
  const item = /^\s*[-*]\s+(.*)/.exec(line);
  return item ? ['list', item[1] ?? ''] : ['text', line.trim()];
}

const mark = /(\*\*[^*]+\*\*|\*[^*\s][^*]*\*|`[^`]+`|\[[^\]]+\]\(https?:\/\/[^)\s]+\))/;

function inline(text: string): ReactNode[] {
  return text.split(mark).map((part, index) => {
    if (part.startsWith('**')) return <b key={index}>{part.slice(2, -2)}</b>;
    if (/^\*[^*]+\*$/.test(part)) return <i key={index}>{part.slice(1, -1)}</i>;
    if (/^`[^`]+`$/.test(part))
      return (
        <code key={index} className="font-mono text-12">
          {part.slice(1, -1)}
        </code>
      );
    const link = /^\[([^\]]+)\]\((https?:\/\/[^)\s]+)\)$/.exec(part);
    if (link)
      return (
        <a key={index} href={link[2]} target="_blank" rel="noreferrer" className="nodrag underline">
          {link[1]}
        </a>
      );
    return part;
  });
}
