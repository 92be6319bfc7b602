import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type ivm from 'isolated-vm';

/**
 * Loads the native module by its path: under `--permission` its own loader may not probe the disk.
 * @throws Error when no binary for this Node and system came with the package
 */
export function loadIsolatedVm(packageFolder: string): typeof ivm {
  const report = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  const libc = process.platform !== 'linux' ? '' : report.header.glibcVersionRuntime ? '.glibc' : '.musl';
  const name = `isolated-vm.abi${process.versions.modules}${libc}.node`;
  const folder = join(packageFolder, 'prebuilds', `${process.platform}-${process.arch}`);
  const file = [join(folder, name), join(packageFolder, 'out', 'isolated_vm.node')].find((path) => existsSync(path));
  if (!file)
    throw new Error(
      `isolated-vm has no binary for ${process.platform} ${process.arch} and Node ${process.versions.node}`,
    );
  const module: { exports: { ivm?: typeof ivm } } = { exports: {} };
  process.dlopen(module, file);
  return module.exports.ivm ?? (module.exports as unknown as typeof ivm);
}
