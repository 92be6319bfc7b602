import { Download } from 'lucide-react';
import { IconButton } from '../components/button.js';
import { Menu } from '../components/menu.js';
import { downloadFrom, fileNameOf } from '../hooks/download.js';
import { t } from '../i18n/i18n.js';
import type { StepItemsRequest } from '../runs/api/use-step-items.js';

/** All items of one side of a step as a file, which the server writes: the browser never holds them. */
export function downloadItems(request: StepItemsRequest, name: string, format: 'json' | 'csv'): void {
  const { runId, stepId, side, port } = request;
  const query = new URLSearchParams({ format, side, ...(port === undefined ? {} : { port }) });
  downloadFrom(
    `/api/runs/${runId}/steps/${encodeURIComponent(stepId)}/items/file?${query}`,
    `${fileNameOf(name)}.${format}`,
  );
}

/** The ways to take the items of a step along. */
export function TakeItems({ request, name }: { request: StepItemsRequest; name: string }) {
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={t('data.take')}>
          <Download size={14} />
        </IconButton>
      }
      entries={[
        { label: t('data.take.json'), onSelect: () => downloadItems(request, name, 'json') },
        { label: t('data.take.csv'), onSelect: () => downloadItems(request, name, 'csv') },
      ]}
    />
  );
}
