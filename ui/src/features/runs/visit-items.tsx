import type { ItemSource } from '@wfaib/sdk/items';
import type { ItemOrigin, StepStory } from '../../api/types.js';
import { LinkedItems } from '../../shared/data/item-links.js';
import { StepItems } from '../../shared/data/step-items.js';
import type { DataView } from '../../shared/data/step-items.js';
import type { StepItemsRequest } from '../../shared/runs/api/use-step-items.js';
import { iterationText } from './model/selection.js';
import type { RunPageSearch } from './model/selection.js';

interface VisitItemsProps {
  visit: StepStory;
  request: StepItemsRequest;
  view: DataView;
  /** The item to show, as the address has it. */
  item: string | undefined;
  q: string;
  onGo(part: RunPageSearch, anew: boolean): void;
}

/** Items of a visit; each leads to the item of an earlier visit that it was made from. */
export function VisitItems({ visit, request, view, item, q, onGo }: VisitItemsProps) {
  const offset = item ? Math.floor(Math.max(0, Number(item) || 0) / 100) * 100 : 0;
  const goTo = (source: ItemSource, origin: ItemOrigin) =>
    onGo(
      {
        step: origin.nodeId,
        visit: String(origin.visit + 1),
        side: 'output',
        port: source.port,
        item: String(source.item),
        ...(origin.iteration.length > 0 ? { iter: iterationText(origin.iteration) } : {}),
      },
      true,
    );
  return (
    <LinkedItems inputLeads onFollow={goTo}>
      <StepItems
        key={`${visit.id}${request.side}${request.port}${offset}`}
        request={{ ...request, ...(q ? { q } : {}), ...(offset > 0 && !q ? { from: offset } : {}) }}
        named={request.side === 'input' ? '$json' : `$(${JSON.stringify(visit.name)}).item.json`}
        view={view}
        at={item ? Number(item) : undefined}
      />
    </LinkedItems>
  );
}
