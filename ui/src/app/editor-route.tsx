import { useParams, useSearch } from '@tanstack/react-router';
import { CredentialPicker } from '../features/credentials/credential-picker.js';
import { EditorPage } from '../features/editor/editor-page.js';

const slots = { CredentialPicker };

export function EditorRoute() {
  const { workflowId } = useParams({ from: '/shell/workflows/$workflowId' });
  const { run } = useSearch({ from: '/shell/workflows/$workflowId' });
  return <EditorPage key={workflowId} workflowId={workflowId} runId={run} slots={slots} />;
}
