import { lazy } from 'react';
import type { ComponentType } from 'react';
import type { ExpressionEditorProps } from '../code/expression-editor.js';

type Editor = ComponentType<ExpressionEditorProps>;

let loaded: Editor | undefined;

/** Fetches the editor ahead of the first `{{`, so that no key is lost while it comes. */
export async function loadExpressionEditor(): Promise<{ default: Editor }> {
  const { ExpressionEditor } = await import('../code/expression-editor.js');
  loaded = ExpressionEditor;
  return { default: ExpressionEditor };
}

const lazyEditor = lazy(loadExpressionEditor);

/** The editor where it is here already, else one that waits for it. */
export const expressionEditor = (): Editor => loaded ?? lazyEditor;
