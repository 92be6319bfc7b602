import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isTyping } from '../shared/hooks/is-typing.js';

const targets: Record<string, '/workflows' | '/runs' | '/approvals' | '/credentials' | '/settings'> = {
  w: '/workflows',
  r: '/runs',
  a: '/approvals',
  c: '/credentials',
  s: '/settings',
};

/** G, then W, R, A, C or S goes to a page. */
export function useGoToKeys(): void {
  const navigate = useNavigate();
  useEffect(() => {
    let armedAt = 0;
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = targets[event.key];
      if (event.key === 'g') armedAt = Date.now();
      else if (target && Date.now() - armedAt < 1_000) {
        armedAt = 0;
        event.preventDefault();
        event.stopImmediatePropagation();
        void navigate({ to: target, search: {} });
      } else armedAt = 0;
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [navigate]);
}
