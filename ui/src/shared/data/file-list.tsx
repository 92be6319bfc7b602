import type { Item } from '@wfaib/sdk/items';
import { Download } from 'lucide-react';
import { formatBytes } from '../format/count.js';

/** The files of an item: what they are, and a way to get them. */
export function FileList({ runId, files }: { runId: string; files: NonNullable<Item['files']> }) {
  return (
    <ul className="mt-1 flex flex-wrap gap-2">
      {Object.entries(files).map(([slot, { id, name, mimeType, size }]) => {
        const address = `/api/runs/${runId}/files/${id}`;
        return (
          <li key={slot} className="rounded-md border border-line bg-surface p-2 text-12">
            {/^image\/(png|jpeg|gif|webp)$/.test(mimeType) && size < 5_000_000 && (
              <img src={address} alt={name} loading="lazy" className="mb-1 max-h-32 max-w-48 rounded" />
            )}
            <a href={address} download={name} className="flex items-center gap-1.5 font-medium hover:underline">
              <Download size={13} aria-hidden /> {name}
            </a>
            <span className="text-muted">
              {slot} · {mimeType} · {formatBytes(size)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
