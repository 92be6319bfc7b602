/** Where a command says what it has to say. With `json` it says one JSON value, or one a line where it follows. */
export class Output {
  constructor(
    readonly isJson: boolean,
    private readonly write: (text: string) => void,
  ) {}

  /** A line for people. */
  line(text = ''): void {
    if (!this.isJson) this.write(`${text}\n`);
  }

  lines(texts: readonly string[]): void {
    for (const text of texts) this.line(text);
  }

  /** The answer for machines. */
  json(value: unknown): void {
    if (this.isJson) this.write(`${JSON.stringify(value)}\n`);
  }
}
