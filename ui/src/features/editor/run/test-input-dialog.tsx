import { lazy, Suspense, useState } from 'react';
import { Button } from '../../../shared/components/button.js';
import { Dialog } from '../../../shared/components/dialog.js';

const CodeEditor = lazy(() =>
  import('../../../shared/code/code-editor.js').then((module) => ({ default: module.CodeEditor })),
);

interface TestInputDialogProps {
  triggerId: string | undefined;
  onStart(triggerId: string, input: unknown): void;
  onClose(): void;
}

/** Data by hand instead of a real event. */
export function TestInputDialog({ triggerId, onStart, onClose }: TestInputDialogProps) {
  const [text, setText] = useState('{\n  "body": {}\n}');
  const input = parse(text);
  return (
    <Dialog
      open={triggerId !== undefined}
      onClose={onClose}
      title="Test with your own data"
      description="What the trigger gives: one object, or a list of items."
      width={560}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={input === undefined}
            onClick={() => {
              if (triggerId) onStart(triggerId, input);
              onClose();
            }}
          >
            Start test
          </Button>
        </>
      }
    >
      <Suspense fallback={<div className="field-input h-48" />}>
        <CodeEditor
          label="Data as JSON"
          language="json"
          value={text}
          onChange={setText}
          invalid={input === undefined}
          minHeight={200}
        />
      </Suspense>
    </Dialog>
  );
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
