/** What code finds here under a name with `$`. */
const known = new Set('$ $input $item $json $itemIndex $run $workflow $vars $now $today'.split(' '));

const text = String.raw`'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|${'`(?:[^`\\\\$]|\\\\.)*`'}`;
const oldReference = new RegExp(String.raw`\$node(?:\[\s*(${text})\s*\]|\.([A-Za-z_]\w*))\s*\.\s*json\b`, 'g');
const itemsOf = new RegExp(String.raw`\$items\(\s*(${text})\s*\)`, 'g');
const foreign = /(?<![\w$.])\$[A-Za-z]\w*|\brequire\b(?=\s*\()|\bthis\.helpers\b|\bitemMatching\b(?=\s*\()/g;

/**
 * Code of n8n in the words that code has here.
 * @returns also the names in it that mean nothing here
 */
export function translateCode(code: string, mode: 'all' | 'each'): { code: string; unknown: string[] } {
  const one = mode === 'each' ? 'item' : 'first()';
  const translated = code
    .replace(oldReference, (_whole, quoted?: string, plain?: string) => `$(${quoted ?? `'${plain}'`}).${one}.json`)
    .replace(itemsOf, '$($1).all()')
    .replace(/\$items\(\s*\)/g, '$input.all()');
  const names = [...translated.matchAll(foreign)].map(([name]) => name).filter((name) => !known.has(name));
  return { code: translated, unknown: [...new Set(names)] };
}
