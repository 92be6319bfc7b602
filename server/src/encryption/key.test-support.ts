/** The same for all engines of a test, and for histories that are kept. */
export const testEncryptionKey = 'a key that only the tests of WFAIB use';
