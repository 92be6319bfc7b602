import { Link } from '@tanstack/react-router';
import { Empty } from '../shared/components/page.js';
import { t } from '../shared/i18n/i18n.js';

export function NotFound() {
  return (
    <Empty
      title={t('notFound.title')}
      action={
        <Link to="/workflows" search={{}} className="text-accent underline">
          {t('notFound.action')}
        </Link>
      }
    >
      {t('notFound.text')}
    </Empty>
  );
}
