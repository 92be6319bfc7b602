import type { Port } from '@wfaib/sdk/node-descriptor';
import { t } from '../../../shared/i18n/i18n.js';

/** By which way pinned items leave a step in tests, in a sentence, where it has several: it is always the first one. */
export function pinnedWayOut([first, ...others]: readonly Port[]): string | undefined {
  return first && others.length > 0 ? t('editor.pinned.port', { port: first.label ?? first.name }) : undefined;
}
