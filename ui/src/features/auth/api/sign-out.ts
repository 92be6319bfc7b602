import { remove } from '../../../api/client.js';

export const signOut = () => remove('/api/session');
