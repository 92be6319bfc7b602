import { Link } from '@tanstack/react-router';
import { Activity, Bell, Braces, ChevronRight } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { Page } from '../../shared/components/page.js';
import { ApiKeysSection } from './api-keys-section.js';
import { t } from '../../shared/i18n/i18n.js';
import type { TextKey } from '../../shared/i18n/i18n.js';

const pages: {
  to: '/settings/health' | '/settings/notifications' | '/variables';
  title: TextKey;
  text: TextKey;
  icon: LucideIcon;
}[] = [
  {
    to: '/settings/health',
    title: 'health.title',
    text: 'settings.health',
    icon: Activity,
  },
  {
    to: '/settings/notifications',
    title: 'notifications.title',
    text: 'settings.notifications',
    icon: Bell,
  },
  {
    to: '/variables',
    title: 'variables.title',
    text: 'settings.variables',
    icon: Braces,
  },
];

export function SettingsPage() {
  return (
    <Page title={t('settings.title')}>
      <div className="mx-auto flex max-w-3xl flex-col gap-10">
        <nav aria-label={t('settings.title')} className="rounded-card border border-line bg-surface">
          {pages.map(({ to, title, text, icon: Icon }) => (
            <Link
              key={to}
              to={to}
              search={{}}
              className="flex items-center gap-3 border-b border-line px-4 py-3 last:border-0 hover:bg-hover"
            >
              <Icon size={18} aria-hidden className="shrink-0 text-muted" />
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{t(title)}</span>
                <span className="block text-12 text-muted">{t(text)}</span>
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
