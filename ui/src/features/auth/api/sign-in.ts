import { post } from '../../../api/client.js';

export const signIn = (email: string, password: string) => post<unknown>('/api/session', { email, password });
