export type { KeyPurpose, KeyRing, RingKey } from './key-ring.js';
export { newKeyText } from './key-ring.js';
