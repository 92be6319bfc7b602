import { CircleAlert } from 'lucide-react';
import { Button } from '../../../shared/components/button.js';
import { Dialog } from '../../../shared/components/dialog.js';
import { useDocument, useEditor, useEditorStore } from '../editor-store.js';
import type { DocumentChange } from '../graph/changes-between.js';
import { ReplayCheck } from './replay-check.js';
import type { Publishing } from './use-publishing.js';

/** What will be live, and what must be mended first. */
export function PublishDialog({
  open,
  onClose,
  publishing,
}: {
  open: boolean;
  onClose(): void;
  publishing: Publishing;
}) {
  const problems = useEditor((state) => state.problems).filter((problem) => problem.severity === 'error');
  const document = useDocument();
  const store = useEditorStore();
  const next = (publishing.newest ?? 0) + 1;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={publishing.newest === null ? 'Publish this workflow' : 'Publish the draft'}
      description={`It becomes version ${next}: its triggers are armed before this closes. Runs that are under way stay on their version.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={problems.length > 0 || publishing.busy}
            onClick={() => void publishing.publish().then((done) => done && onClose())}
          >
            {publishing.busy ? 'Publishing…' : 'Publish'}
          </Button>
        </>
      }
    >
      {problems.length > 0 && (
        <section className="mb-4">
          <h3 className="mb-1 text-12 font-medium text-muted">Mend first</h3>
          {problems.map((problem, index) => (
            <button
              key={index}
              type="button"
              onClick={() => {
                onClose();
                if (problem.nodeId) store.getState().openStep(problem.nodeId, problem.field);
              }}
              className="flex w-full items-start gap-2 rounded-md px-2 py-1.5 text-left hover:bg-subtle"
            >
              <CircleAlert size={14} aria-hidden className="mt-[3px] shrink-0 text-failed" />
              <span>
                {problem.nodeId && (
                  <b className="font-medium">{document.nodes.find(({ id }) => id === problem.nodeId)?.name}: </b>
                )}
                {problem.message}
              </span>
            </button>
          ))}
        </section>
      )}
      <section>
        <h3 className="mb-1 text-12 font-medium text-muted">
          {publishing.newest === null
            ? 'Steps'
            : publishing.changes.length > 0
              ? 'Changes'
              : 'No changes since the last version'}
        </h3>
        {publishing.base && publishing.changes.length > 0 && (
          <Button
            dense
            className="mb-2"
            onClick={() => {
              onClose();
              store.getState().set({
                comparing: {
                  title: 'The draft and the last version',
                  before: publishing.base ?? document,
                  after: document,
                },
              });
            }}
          >
            Look at the changes on the canvas
          </Button>
        )}
        <ul>
          {publishing.newest === null
            ? document.nodes.map((node) => <ChangeRow key={node.id} change={{ kind: 'added', what: node.name }} />)
            : publishing.changes.map((change, index) => <ChangeRow key={index} change={change} />)}
        </ul>
      </section>
      {publishing.newest !== null && problems.length === 0 && <ReplayCheck />}
    </Dialog>
  );
}

const marks: Record<DocumentChange['kind'], { sign: string; look: string }> = {
  added: { sign: '+', look: 'text-ok' },
  removed: { sign: '−', look: 'text-failed' },
  changed: { sign: '~', look: 'text-waiting' },
  moved: { sign: '↔', look: 'text-faint' },
};

function ChangeRow({ change }: { change: DocumentChange }) {
  const mark = marks[change.kind];
  return (
    <li className="flex items-center gap-2 px-2 py-1">
      <span aria-hidden className={`w-3 text-center font-mono font-semibold ${mark.look}`}>
        {mark.sign}
      </span>
      <span className="min-w-0 truncate">{change.what}</span>
      <span className="text-12 text-faint">{change.kind === 'moved' ? 'only moved' : change.kind}</span>
    </li>
  );
}
