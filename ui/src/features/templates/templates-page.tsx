import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import { post } from '../../api/client.js';
import type { Workflow } from '../../api/types.js';
import { Button } from '../../shared/components/button.js';
import { Page } from '../../shared/components/page.js';
import { notifyError } from '../../shared/components/toasts.js';
import { templatesInWords } from './templates.js';
import type { Template } from './templates.js';
import { t } from '../../shared/i18n/i18n.js';

/** Workflows to begin with. One click makes a draft of one and opens it; nothing goes live. */
export function TemplatesPage() {
  const { use } = useSearch({ from: '/shell/templates' });
  const make = useTemplate();
  const templates = useMemo(templatesInWords, []);
  const asked = useRef(false);
  useEffect(() => {
    const wanted = templates.find(({ id }) => id === use);
    if (!wanted || asked.current) return;
    asked.current = true;
    make.mutate(wanted);
  }, [use, make, templates]);
  return (
    <Page title={t('templates.title')}>
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {templates.map((template) => (
          <li key={template.id} className="flex flex-col rounded-card border border-line bg-surface p-4">
            <h2 className="text-14 font-semibold">{template.name}</h2>
            <p className="mt-1 flex-1 text-muted">{template.summary}</p>
            <div className="mt-3">
              <Button
                dense
                variant={template.id === 'first-run' ? 'primary' : 'default'}
                aria-label={t('templates.useNamed', { name: template.name })}
                disabled={make.isPending}
                onClick={() => make.mutate(template)}
              >
                {t('templates.use')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Page>
  );
}

function useTemplate() {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ document }: Template) => post<Workflow>('/api/workflows', document),
    onSuccess: async ({ id }) => {
      void queryClient.invalidateQueries({ queryKey: ['workflows'] });
      await navigate({ to: '/workflows/$workflowId', params: { workflowId: id }, search: {}, replace: true });
    },
    onError: notifyError,
  });
}
