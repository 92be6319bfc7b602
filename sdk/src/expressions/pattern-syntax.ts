import { RE2JS } from 're2js';

// What JavaScript calls white space; RE2's \s knows ASCII only.
const whiteSpace =
  '\\t\\n\\v\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const notALineBreak = '[^\\n\\r\\x{2028}\\x{2029}]';
// Escapes with a meaning in RE2 that are plain letters in JavaScript.
const plainLetters = new Set(['Q', 'E', 'A', 'z', 'Z', 'a', 'C', 'G']);

/** Rewrites a JavaScript pattern for RE2 where the two read the same characters differently. */
export function translatePattern(source: string, dotAll: boolean): string {
  let out = '';
  let inClass = false;
  for (let index = 0; index < source.length; index++) {
    const char = source[index]!;
    if (char === '\\') {
      index++;
      out += escape(source[index] ?? '\\', inClass);
    } else if (inClass) {
      inClass = char !== ']';
      out += char === '[' ? '\\[' : char;
    } else {
      inClass = char === '[';
      if (inClass && source.startsWith('[^]', index)) {
        out += '[\\x00-\\x{10FFFF}]';
        inClass = false;
        index += 2;
      } else out += char === '.' && !dotAll ? notALineBreak : char;
    }
  }
  return RE2JS.translateRegExp(out);
}

function escape(letter: string, inClass: boolean): string {
  if (letter === 's') return inClass ? whiteSpace : `[${whiteSpace}]`;
  if (letter === 'S' && !inClass) return `[^${whiteSpace}]`;
  if (letter === 'b' && inClass) return '\\x08';
  if (plainLetters.has(letter)) return letter;
  return `\\${letter}`;
}
