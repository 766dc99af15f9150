import { dirname, join, resolve, sep } from 'node:path';

import { createPathsMatcher, getTsconfig } from 'get-tsconfig';

import { legacyModules, type LegacyModule } from './legacy-modules.js';

const ending = /(\/index)?(\.[mc]?[jt]sx?)?$/;
const configurationNames = ['tsconfig.json', 'tsconfig.app.json', 'jsconfig.json'];

/** What a module name stands for: a legacy module, one of several candidates, or neither. */
export type Found = LegacyModule | 'undecided' | null;

/** The modules that one configuration file, or none, gives other names to. */
interface Configuration {
  readonly candidates: (specifier: string) => readonly string[];
  /** What `@client` stands for. */
  readonly clientFolder: string | null;
}

/**
 * Tells which import names mean a legacy module. `@client/…` always does. Paths and other aliases do when they lead into
 * the folder that `@client` stands for: the given one, or that of `paths` in the nearest TypeScript configuration, or
 * else the one folder in which legacy modules were found.
 */
export class ModuleFinder {
  private readonly configurations = new Map<string, Configuration>();
  private readonly cache = new Map();
  private readonly foldersWithLegacyModules: ReadonlySet<string>;

  /** `files` are absolute, `clientFolder` too. */
  constructor(
    files: readonly string[],
    private readonly clientFolder: string | null = null,
  ) {
    const folders = files.flatMap((file) => splitLegacyPath(file)?.folder ?? []);
    this.foldersWithLegacyModules = new Set(folders);
  }

  find(specifier: string, file: string): Found {
    const name = specifier.replace(ending, '');
    const named = legacyModules.find((module) => module.name === name);
    if (named !== undefined) return named;
    if (specifier.startsWith('.')) return this.atPath(resolve(dirname(file), specifier), file);
    const { candidates } = this.configurationFor(file);
    return (
      candidates(specifier)
        .map((path) => this.atPath(path, file))
        .find(Boolean) ?? null
    );
  }

  /** Whether `file` is a legacy module itself. */
  isLegacyFile(file: string): boolean {
    const found = this.atPath(file, file);
    return found !== null && found !== 'undecided';
  }

  /** Where the text of `module` may be, without ending. */
  pathOf(module: LegacyModule, file: string): string | null {
    const only = [...this.foldersWithLegacyModules];
    const folder =
      this.clientFolder ??
      this.configurationFor(file).clientFolder ??
      (only.length === 1 ? (only[0] ?? null) : null);
    return folder === null ? null : join(folder, module.path);
  }

  private atPath(path: string, file: string): Found {
    const split = splitLegacyPath(path);
    if (split === null) return null;
    const known = this.clientFolder ?? this.configurationFor(file).clientFolder;
    if (known !== null) return split.folder === known ? split.module : null;
    const others = [...this.foldersWithLegacyModules].filter((folder) => folder !== split.folder);
    return others.length === 0 ? split.module : 'undecided';
  }

  private configurationFor(file: string): Configuration {
    const folder = dirname(file);
    let configuration = this.configurations.get(folder);
    if (configuration === undefined) {
      configuration = this.readConfiguration(folder);
      this.configurations.set(folder, configuration);
    }
    return configuration;
  }

  private readConfiguration(folder: string): Configuration {
    for (const name of configurationNames) {
      const candidates = this.readPaths(folder, name);
      const clientFolder = candidates === null ? null : findClientFolder(candidates);
      if (candidates !== null && clientFolder !== null) return { candidates, clientFolder };
    }
    return { candidates: () => [], clientFolder: null };
  }

  private readPaths(folder: string, name: string): Configuration['candidates'] | null {
    try {
      const found = getTsconfig(folder, name, this.cache);
      return found?.config.compilerOptions?.paths === undefined ? null : createPathsMatcher(found);
    } catch {
      // A configuration that cannot be read gives no names; the compiler tells what is wrong with it.
      return null;
    }
  }
}

function findClientFolder(candidates: Configuration['candidates']): string | null {
  for (const { name } of legacyModules) {
    for (const path of candidates(name)) {
      const folder = splitLegacyPath(path)?.folder;
      // Without an entry for it, a base folder turns the name itself into a path.
      if (folder !== undefined && !folder.endsWith('@client')) return folder;
    }
  }
  return null;
}

function splitLegacyPath(path: string): { folder: string; module: LegacyModule } | null {
  const bare = resolve(path).split(sep).join('/').replace(ending, '');
  for (const module of legacyModules) {
    if (bare.endsWith(`/${module.path}`))
      return { folder: resolve(bare.slice(0, -module.path.length)), module };
  }
  return null;
}
