import { post } from '../../../api/client.js';

export interface NewOwner {
  token: string;
  email: string;
  password: string;
  name?: string;
}

export const createOwner = (owner: NewOwner) => post<unknown>('/api/setup', owner);
