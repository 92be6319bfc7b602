export type ValueView = 'text' | 'json' | 'html' | 'image';

/** The ways a value can be looked at, the most telling first. */
export function viewsOf(value: unknown): ValueView[] {
  if (typeof value !== 'string') return ['json'];
  const text = value.trim();
  if (/^data:image\/(png|jpeg|gif|webp);base64,/.test(text)) return ['image', 'text'];
  if (/^<(!doctype|html|body|div|p|table|h[1-6]|ul|ol|span)\b/i.test(text)) return ['text', 'html'];
  return isJson(text) ? ['text', 'json'] : ['text'];
}

function isJson(text: string): boolean {
  if (!/^[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
