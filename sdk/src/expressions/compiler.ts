import type { AnyNode } from 'acorn';
import type { Code } from './evaluation.js';
import { ExpressionSyntaxError, positionAt } from './expression.errors.js';

/** Largest and deepest expression that is accepted. */
export const maxNodes = 5_000;
export const maxDepth = 100;

/** What one compilation knows: the text for messages, names in sight, and how large the expression is. */
export class Compiler {
  readonly referencedNodes = new Set<string>();
  nodes = 0;
  /** Names of the parameters of the functions around, innermost last. */
  private readonly names: string[][] = [];
  private depth = 0;
  private deepest = 0;

  constructor(
    /** The whole template: node offsets point into it. */
    readonly text: string,
    private readonly compileNode: (node: AnyNode, compiler: Compiler) => Code,
  ) {}

  compile(node: AnyNode): Code {
    if (++this.nodes > maxNodes) throw this.error(node, `The expression has more than ${maxNodes} parts`);
    if (++this.depth > maxDepth) throw this.error(node, `The expression is nested deeper than ${maxDepth} levels`);
    this.deepest = Math.max(this.deepest, this.depth);
    const code = this.compileNode(node, this);
    this.depth--;
    return code;
  }

  /** Compiles the inside of a function; gives its result and how deep its syntax is. */
  inFunction<Result>(names: string[], compile: () => Result): { result: Result; levels: number } {
    const outerDeepest = this.deepest;
    this.deepest = this.depth;
    this.names.push(names);
    const result = compile();
    this.names.pop();
    const levels = this.deepest - this.depth + 1;
    this.deepest = Math.max(this.deepest, outerDeepest);
    return { result, levels };
  }

  /** Where a parameter is: how many functions out, and at which place. */
  find(name: string): { out: number; index: number } | undefined {
    for (let level = this.names.length - 1; level >= 0; level--) {
      const index = this.names[level]!.lastIndexOf(name);
      if (index >= 0) return { out: this.names.length - 1 - level, index };
    }
    return undefined;
  }

  error(node: { start: number }, message: string): ExpressionSyntaxError {
    return new ExpressionSyntaxError(message, positionAt(this.text, node.start));
  }

  source(node: { start: number; end: number }): string {
    const text = this.text.slice(node.start, node.end);
    return text.length > 120 ? `${text.slice(0, 117)}...` : text;
  }
}
