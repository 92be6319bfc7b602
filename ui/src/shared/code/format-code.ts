import type { Plugin } from 'prettier';
import { format } from 'prettier/standalone';
import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import type { CodeLanguage } from './code-editor.js';

const parsers: Partial<Record<CodeLanguage, string>> = { javascript: 'babel', typescript: 'babel-ts', json: 'json' };

/** The same code, laid out anew. It is the body of a function, so `return` may stand at its top. @throws where it does not parse */
export async function formatCode(code: string, language: CodeLanguage): Promise<string> {
  const parser = parsers[language];
  if (!parser) return code;
  // Its own types give the two plug-ins different shapes.
  const plugins = [babel, estree as unknown as Plugin];
  const text = await format(code, { parser, plugins, printWidth: 100, singleQuote: true });
  return text.trimEnd();
}
