import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The part of a bundler's plugin that is used here. */
interface LicensesPlugin {
  readonly name: string;
  generateBundle(
    this: { emitFile: (file: { type: 'asset'; fileName: string; source: string }) => unknown },
    options: unknown,
    bundle: Record<string, { type: string; moduleIds?: string[] }>,
  ): void;
}

/** Writes the licence texts of all packages that are in the bundle into one file next to it. */
export function bundledLicenses(fileName: string): LicensesPlugin {
  return {
    name: 'bundled-licenses',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap(({ moduleIds }) => moduleIds ?? []);
      const folders = new Set(modules.flatMap((id) => packageFolderOf(id) ?? []));
      const source = [...folders]
        .sort()
        .map(licenseOf)
        .join(`\n${'-'.repeat(80)}\n\n`);
      this.emitFile({ type: 'asset', fileName, source });
    },
  };
}

function packageFolderOf(moduleId: string): string | null {
  const id = moduleId.replace(/^\0/, '').replace(/\?.*$/, '');
  return /^.*\/node_modules\/(@[^/]+\/)?[^/]+(?=\/)/.exec(id)?.[0] ?? null;
}

function licenseOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const { name, version, license } = manifest;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text =
    file === undefined ? declaredLicense(manifest) : readFileSync(join(folder, file), 'utf8');
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly author?: string;
}

/** Some packages say in their manifest only that they are under the MIT licence, and whose they are. */
function declaredLicense({ name, version, license, author }: Manifest): string {
  if (license !== 'MIT' || typeof author !== 'string') {
    throw new Error(`${name} ${version} has no licence text, so it cannot be bundled.`);
  }
  const ours = readFileSync(new URL('../LICENSE', import.meta.url), 'utf8');
  return ours.replace(/^Copyright .*$/m, `Copyright (c) ${author}`);
}
