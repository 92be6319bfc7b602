import { notify, notifyError } from '../components/toasts.js';
import { t } from '../i18n/i18n.js';

/** Copies on plain HTTP too, where `navigator.clipboard` is missing; never claims success that was not. */
export async function copyText(text: string, what = t('copy.done')): Promise<void> {
  const done = (await viaClipboard(text)) || viaTextarea(text);
  if (done) notify(what);
  else notifyError(new Error(t('copy.refused')));
}

async function viaClipboard(text: string): Promise<boolean> {
  if (!window.isSecureContext) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function viaTextarea(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.cssText = 'position:fixed;opacity:0';
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
