import { lazy } from 'react';
import { useParams, useSearch } from '@tanstack/react-router';
import { EditorPage } from '../features/editor/editor-page.js';

const CredentialPicker = lazy(() =>
  import('../features/credentials/credential-picker.js').then((module) => ({ default: module.CredentialPicker })),
);
const slots = { CredentialPicker };

export function EditorRoute() {
  const { workflowId } = useParams({ from: '/shell/workflows/$workflowId' });
  const { run, compare } = useSearch({ from: '/shell/workflows/$workflowId' });
  return <EditorPage key={workflowId} workflowId={workflowId} runId={run} comparedRunId={compare} slots={slots} />;
}
