// The code is the body of an async function; the wrapper makes `return` and `await` legal and is taken off again.
const before = 'async function wfaib() {';
const after = '\n}';

/** Characters in front of the user's first line while it is being stripped. */
export const wrapperLength = before.length;

/** Wraps the code, lets `strip` blank out its types, and takes the wrapper off. */
export function stripWrapped(code: string, strip: (wrapped: string) => string): string {
  return strip(`${before}${code}${after}`).slice(before.length, -after.length);
}
