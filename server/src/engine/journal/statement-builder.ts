/** PostgreSQL type of a column handed over as an array. */
type ColumnType = 'uuid' | 'int' | 'text' | 'bool' | 'float8';

/** A column of a batch: its name, its type and how to read it from a row. */
export type Column<Row> = readonly [name: string, type: ColumnType, value: (row: Row) => unknown];

/**
 * Builds one statement out of `WITH` parts, each fed by arrays (`unnest`), so that its text depends only on which parts
 * are there, never on how many rows they have: it can be prepared once.
 */
export class StatementBuilder {
  readonly #parts: string[] = [];
  readonly #values: unknown[] = [];
  #name = 'journal';

  /** `unnest` of the rows as a table `alias(columns…)`. */
  rows<Row>(alias: string, rows: readonly Row[], columns: readonly Column<Row>[]): string {
    const arrays = columns.map(([, type, value]) => {
      this.#values.push(rows.map(value));
      return `$${this.#values.length}::${type}[]`;
    });
    return `unnest(${arrays.join(', ')}) AS ${alias}(${columns.map(([name]) => name).join(', ')})`;
  }

  part(name: string, sql: string): void {
    this.#name += `_${name}`;
    this.#parts.push(`${name} AS (${sql})`);
  }

  build(select: string): { name: string; text: string; values: unknown[] } {
    return { name: shortName(this.#name), text: `WITH ${this.#parts.join(',\n')}\n${select}`, values: this.#values };
  }
}

const numbers = new Map<string, number>();

/** PostgreSQL looks at the first 63 characters of a name: a longer one has a number of this process. */
function shortName(name: string): string {
  if (name.length <= 63) return name;
  const number = numbers.get(name) ?? numbers.size;
  numbers.set(name, number);
  return `journal_${number}`;
}
