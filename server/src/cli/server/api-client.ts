import { CommandFailed, CommandRefused } from '../cli.errors.js';

export interface ApiSettings {
  url: string;
  apiKey: string | undefined;
}

/** An answer that says no: `{ code, message, … }` of the API. */
export interface Refusal {
  status: number;
  code: string;
  message: string;
  body: Record<string, unknown>;
}

export type ApiAnswer<Body> = { ok: true; status: number; body: Body } | ({ ok: false } & Refusal);

/** The API of one server, for one API key. */
export class ApiClient {
  constructor(readonly settings: ApiSettings) {}

  /** @throws CommandFailed where no server answers or the key is refused; CommandRefused for any other refusal */
  async get<Body>(path: string): Promise<Body> {
    return this.require(await this.ask<Body>('GET', path));
  }

  async send<Body>(
    method: 'POST' | 'PUT',
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<Body> {
    return this.require(await this.ask<Body>(method, path, body, headers));
  }

  /** Leaves refusals to the caller, but for those of the key. @throws CommandFailed */
  async ask<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer<Body>> {
    const response = await this.fetch(path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const read = await readBody(response);
    if (response.ok) return { ok: true, status: response.status, body: read as Body };
    const told = (read ?? {}) as Record<string, unknown>;
    const code = typeof told['code'] === 'string' ? told['code'] : `http.${response.status}`;
    const message = typeof told['message'] === 'string' ? told['message'] : `The server answered ${response.status}.`;
    return { ok: false, status: response.status, code, message, body: told };
  }

  /** @throws CommandFailed where no server answers or the key is refused */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const { url, apiKey } = this.settings;
    const authorization = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
    let response: Response;
    try {
      const headers = { ...authorization, ...(init.headers as Record<string, string>) };
      response = await fetch(new URL(path, url), { ...init, headers });
    } catch (error) {
      throw unreachable(url, error);
    }
    if (response.status === 401) throw refusedKey(url, apiKey);
    return response;
  }

  require<Body>(answer: ApiAnswer<Body>): Body {
    if (answer.ok) return answer.body;
    throw new CommandRefused(answer.code, answer.message, answer.body);
  }
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreachable(url: string, error: unknown): CommandFailed {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  const why = cause?.code ?? cause?.message ?? (error as Error).message;
  return new CommandFailed(
    'cli.unreachable',
    `No server answers at ${url} (${why}). Start it, or name another with --url or WFAIB_URL.`,
  );
}

function refusedKey(url: string, apiKey: string | undefined): CommandFailed {
  const what = apiKey === undefined ? `${url} wants an API key.` : `${url} does not accept this API key.`;
  return new CommandFailed(
    'cli.unauthorized',
    `${what} Make one under Settings, and give it with --api-key or WFAIB_API_KEY.`,
  );
}
