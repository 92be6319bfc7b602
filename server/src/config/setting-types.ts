import { z } from 'zod';

/** What the settings table says about a setting beside its description. */
export interface SettingNotes {
  /** Unit or form of the value, for example `milliseconds` or `url`. */
  unit: string;
  /** What counts when it is not set, where the schema's own default does not say it. */
  otherwise?: string;
  /** A secret: may be given as `<NAME>_FILE`, and is never logged. */
  secret?: boolean;
}

/** Registry of {@link SettingNotes}, so that one schema is validation, type and documentation. */
export const settingNotes = z.registry<SettingNotes>();

const unitBytes: Record<string, number> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** A size such as `16mb`, `512kb` or `1048576`, read as bytes. */
export const byteSize = z.string().transform((text, ctx) => {
  const match = /^(\d+)(b|kb|mb|gb)?$/i.exec(text.trim());
  const bytes = match ? Number(match[1]) * unitBytes[(match[2] ?? 'b').toLowerCase()]! : Number.NaN;
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  ctx.addIssue('must be a size such as 16mb, 512kb or 1048576');
  return z.NEVER;
});

/** A whole number within bounds, written in digits. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(
      z
        .number()
        .min(min, `must be a whole number from ${min} to ${max}`)
        .max(max, `must be a whole number from ${min} to ${max}`),
    );

/** `true` or `false`, also `1` and `0`. */
export const yesOrNo = z
  .enum(['true', 'false', '1', '0'], { error: 'must be true or false' })
  .transform((text) => text === 'true' || text === '1');

/** An address with one of these schemes, kept as text without a slash at its end. */
export const address = (schemes: string[]) =>
  z.string().transform((text, ctx) => {
    const wanted = `must be an address that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`;
    const protocol = URL.canParse(text) ? new URL(text).protocol.replace(/:$/, '') : '';
    if (schemes.includes(protocol)) return text.replace(/\/+$/, '');
    ctx.addIssue(wanted);
    return z.NEVER;
  });

/** A list separated by commas or blanks. */
export const list = z.string().transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''));
