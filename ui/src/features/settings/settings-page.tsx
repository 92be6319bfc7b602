import { Page } from '../../shared/components/page.js';
import { ApiKeysSection } from './api-keys-section.js';
import { HealthSection } from './health-section.js';

export function SettingsPage() {
  return (
    <Page title="Settings">
      <div className="mx-auto flex max-w-3xl flex-col gap-10">
        <HealthSection />
        <ApiKeysSection />
      </div>
    </Page>
  );
}
