import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { canonicalJson } from './canonical-json.js';

/** Content hash of a document, 64 lower-case hex digits. The order of object keys does not matter, that of lists does. */
export function documentHash(document: WorkflowDocument): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(document))));
}
