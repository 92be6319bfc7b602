/**
 * The template for a text that somebody typed or pasted into a field. Documents write a template with a leading `=`; who
 * writes it so into a field means that one, not a second. `before` is the template that the text was changed from.
 */
export function typedTemplate(text: string, before?: string): string {
  const isTemplate = text.startsWith('=') && text.includes('{{');
  return isTemplate && !isLiteralSign(before) ? text : `=${text}`;
}

/** A stored template whose text itself begins with `=`, a formula for a spreadsheet for example. */
const isLiteralSign = (template = ''): boolean => template.startsWith('==') && template.includes('{{');
