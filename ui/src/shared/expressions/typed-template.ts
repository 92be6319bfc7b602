/**
 * The template for a text that somebody typed or pasted into a field. Documents write a template with a leading `=`; who
 * writes it so into a field means that one, not a second.
 */
export function typedTemplate(text: string): string {
  return /^=\s*\{\{/.test(text) ? text : `=${text}`;
}
