import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from './app/providers.js';
import { startLanguage } from './shared/i18n/i18n.js';
import './styles.css';

const root = document.getElementById('root');
// Where its texts do not come, the page speaks English.
await startLanguage().catch(() => undefined);
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Providers />
    </StrictMode>,
  );
}
