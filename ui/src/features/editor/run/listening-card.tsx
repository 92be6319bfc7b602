import { Copy } from 'lucide-react';
import { Button } from '../../../shared/components/button.js';
import { copyText } from '../../../shared/hooks/copy-text.js';
import { useNow } from '../../../shared/hooks/use-now.js';
import { useDocument } from '../editor-store.js';
import type { TestPhase } from './use-test-run.js';
import { t } from '../../../shared/i18n/i18n.js';

/** Where to send the call a test waits for. */
export function ListeningCard({ phase }: { phase: TestPhase }) {
  const now = useNow(phase.kind === 'listening');
  const document = useDocument();
  if (phase.kind !== 'listening') return null;
  const node = document.nodes.find(({ id }) => id === phase.nodeId);
  const method = String(node?.parameters['method'] ?? 'POST').replace('ANY', 'POST');
  const body = method === 'GET' || method === 'HEAD' ? '' : ` -H 'content-type: application/json' -d '{}'`;
  const left = Math.max(0, Math.ceil((Date.parse(phase.expiresAt) - now) / 1_000));
  return (
    <section
      role="status"
      className="wf-rise absolute top-3 left-1/2 z-20 w-[min(520px,calc(100%-24px))] -translate-x-1/2 rounded-card bg-surface p-3 shadow-overlay"
    >
      <p className="flex items-center gap-2 text-13 font-medium">
        <span aria-hidden className="wf-pulse size-2 rounded-full bg-accent" />
        {t('editor.listening.title', { name: node?.name ?? '' })}
        <span className="ml-auto text-12 font-normal text-muted">{left} s</span>
      </p>
      <div className="mt-2 flex items-center gap-2">
        <code
          className="min-w-0 flex-1 truncate rounded-md bg-subtle px-2 py-1 font-mono text-12 select-all"
          title={phase.url}
        >
          {method} {phase.url}
        </code>
        <Button dense icon={<Copy size={13} />} onClick={() => void copyText(phase.url)}>
          {t('editor.listening.address')}
        </Button>
        <Button
          dense
          icon={<Copy size={13} />}
          onClick={() => void copyText(`curl -X ${method} '${phase.url}'${body}`)}
        >
          cURL
        </Button>
      </div>
    </section>
  );
}
