import { Client } from 'pg';
import type { Installation } from './installation.js';
import { owner } from './installation.js';

/** Puts another person into the project of the owner, with the owner's password. Answers what to sign in with. */
export async function addPerson(wfaib: Installation, name: string): Promise<{ email: string; password: string }> {
  const email = `${name.toLowerCase()}@example.test`;
  await query(
    wfaib,
    `WITH person AS (
       INSERT INTO app_user (id, email, name, password_hash, is_owner)
       SELECT gen_random_uuid(), $1, $2, password_hash, false FROM app_user WHERE email = $3 RETURNING id
     )
     INSERT INTO membership (project_id, user_id, role) SELECT project_id, person.id, role FROM membership, person`,
    [email, name, owner.email],
  );
  return { email, password: owner.password };
}

/** Asks the database of an installation. */
export async function query(wfaib: Installation, sql: string, values: unknown[]): Promise<void> {
  const client = new Client({ connectionString: wfaib.environment()['DATABASE_URL'] });
  await client.connect();
  try {
    await client.query(sql, values);
  } finally {
    await client.end();
  }
}
