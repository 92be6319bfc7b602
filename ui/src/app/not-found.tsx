import { Link } from '@tanstack/react-router';
import { Empty } from '../shared/components/page.js';

export function NotFound() {
  return (
    <Empty
      title="Nothing is here"
      action={
        <Link to="/workflows" search={{}} className="text-accent underline">
          Go to workflows
        </Link>
      }
    >
      The address may be old, or what it showed was deleted.
    </Empty>
  );
}
