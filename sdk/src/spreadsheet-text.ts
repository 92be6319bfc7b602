/** What a spreadsheet would work out when it opens a CSV file; a number is none. */
const formula = /^(?:[=@\t\r\n]|[+-](?![\d.,]+$))/;

/** A text for a CSV file that people open in a spreadsheet: one that would be a formula there has an apostrophe before it. */
export const withoutFormula = (text: string): string => text.replace(formula, "'$&");
