import { Link } from '@tanstack/react-router';
import { Activity, Braces, ChevronRight } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { Page } from '../../shared/components/page.js';
import { ApiKeysSection } from './api-keys-section.js';

const pages: { to: '/settings/health' | '/variables'; title: string; text: string; icon: LucideIcon }[] = [
  {
    to: '/settings/health',
    title: 'Health',
    text: 'Processes, queues, engine, database, disk and back-up: what is well and what is not.',
    icon: Activity,
  },
  {
    to: '/variables',
    title: 'Variables',
    text: 'Values that the workflows of this project share, as $vars in expressions and code.',
    icon: Braces,
  },
];

export function SettingsPage() {
  return (
    <Page title="Settings">
      <div className="mx-auto flex max-w-3xl flex-col gap-10">
        <nav aria-label="Settings" className="rounded-card border border-line bg-surface">
          {pages.map(({ to, title, text, icon: Icon }) => (
            <Link
              key={to}
              to={to}
              search={{}}
              className="flex items-center gap-3 border-b border-line px-4 py-3 last:border-0 hover:bg-hover"
            >
              <Icon size={18} aria-hidden className="shrink-0 text-muted" />
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{title}</span>
                <span className="block text-12 text-muted">{text}</span>
              </span>
              <ChevronRight size={16} aria-hidden className="text-faint" />
            </Link>
          ))}
        </nav>
        <ApiKeysSection />
      </div>
    </Page>
  );
}
