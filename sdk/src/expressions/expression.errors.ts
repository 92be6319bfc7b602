/** Codes of an expression that parses but cannot be evaluated. */
export type ExpressionErrorCode = 'expression.failed' | 'expression.ambiguousItem' | 'expression.budget';

/** Where in a template something is, counted from the start of the whole text (the leading `=` included). */
export interface TextPosition {
  /** Zero-based index of the character. */
  offset: number;
  /** One-based. */
  line: number;
  /** One-based. */
  column: number;
}

/** Thrown when a template is not a sentence of the expression language. The message says what to change. */
export class ExpressionSyntaxError extends Error {
  readonly code = 'expression.syntax';
  readonly retryable = false;
  readonly offset: number;
  readonly line: number;
  readonly column: number;

  constructor(message: string, position: TextPosition) {
    super(message);
    this.name = 'ExpressionSyntaxError';
    this.offset = position.offset;
    this.line = position.line;
    this.column = position.column;
  }
}

/** Thrown when an expression cannot be evaluated with the data at hand. Not retried: the same data fails again. */
export class ExpressionError extends Error {
  readonly retryable = false;

  constructor(
    message: string,
    readonly code: ExpressionErrorCode = 'expression.failed',
    /** The text between the braces; empty until the evaluator has added it. */
    readonly expression = '',
  ) {
    super(message);
    this.name = 'ExpressionError';
  }
}

/** For hosts: thrown by `NodeView.item()` when the lineage leads to none or to several different items. */
export function ambiguousItem(message: string): ExpressionError {
  return new ExpressionError(message, 'expression.ambiguousItem');
}

/** Position of a character of a text. */
export function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { offset, line: before.split('\n').length, column: offset - lastBreak };
}
