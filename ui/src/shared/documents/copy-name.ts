/** Longest name of a workflow, in characters, as the format of documents has it. */
export const longestName = 200;

/** The name of a copy: with a suffix, and never longer than a name may be. */
export const copyName = (name: string, suffix: string) => name.slice(0, longestName - suffix.length) + suffix;
