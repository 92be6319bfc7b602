import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('is loaded by plain Node, as the scripts that measure and take pictures do', () => {
  const file = fileURLToPath(new URL('installation.ts', import.meta.url));
  const script = `console.log(typeof (await import(${JSON.stringify(file)})).startInstallation)`;
  expect(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }).trim()).toBe(
    'function',
  );
});
