/**
 * Writes docs/configuration.md from the code: rules, defaults, comments and environment variables.
 *
 *   node scripts/configuration-reference.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import typescript from 'typescript';
import { runnerImport } from 'vite';

import { repositoryRoot } from './paths.mjs';
import { Problem, runScript } from './problem.mjs';

export const configurationDocument = join(repositoryRoot, 'docs/configuration.md');
const INTERFACES = join(repositoryRoot, 'js/src/types/config.ts');

/** Values that every variable's rule is satisfied by one of. */
const SAMPLES = ['ws://localhost/ws', '7', 'true'];

const INTRODUCTION = `# Configuration

<!-- Written by scripts/configuration-reference.mjs from js/src/config and js/src/types/config.ts. -->

\`new RealTimeService(config)\` takes any part of this, and what is left out keeps its default. So does
\`new UnifiedWebSocketManager(config.websocket)\`. Whatever is not allowed is one \`ConfigurationError\` that names field, value and
what is allowed.

\`\`\`ts
import { RealTimeService } from 'civic-realtime';

export const service = new RealTimeService({
  websocket: { url: 'wss://example.org/ws', security: { allowedOrigins: ['https://example.org'] } },
});
\`\`\`

Components use that service below \`<RealTimeProvider service={service}>\`; without a provider they use \`realTimeService\`, which has the
defaults and the environment variables. \`getRealTimeConfig()\` returns both, to build upon.

What counts, from weakest to strongest: the default, what development or production changes, the environment variable, what you pass.
`;

/**
 * @typedef {object} Field
 * @property {string} path such as `websocket.heartbeat.interval`
 * @property {string} allowed
 * @property {string} comment
 * @property {string} section what the comment of the field's interface says
 */

/**
 * @typedef {object} Interface
 * @property {string} comment
 * @property {Map<string, { type: string, comment: string }>} members
 */

/** @returns {Promise<string>} */
export async function configurationReference() {
  const [schema, defaults, environment] = await Promise.all(
    ['schema', 'defaults', 'environment'].map(
      async (name) => (await runnerImport(join(repositoryRoot, `js/src/config/${name}.ts`))).module,
    ),
  );
  const fields = fieldsOf(schema.realTimeSchema, interfacesOf(INTERFACES), 'RealTimeConfig', []);
  const variables = variablesByField(environment);
  const texts = [...bySection(fields)].map(([section, members]) => {
    const rows = members.map(({ path, allowed, comment }) => {
      const shown = valueAt(defaults.defaultRealTimeConfig, path);
      const variable = variables.get(path);
      return [
        code(path.slice(path.lastIndexOf('.') + 1)),
        shown === undefined ? 'none' : code(JSON.stringify(shown)),
        allowed,
        comment + (variable === undefined ? '' : ` Variable: ${code(variable)}.`),
      ];
    });
    const heads = ['field', 'default', 'allowed', ''];
    return [`## ${section}`, members[0]?.section, table(heads, rows)].filter(Boolean).join('\n\n');
  });
  const changes = ['development', 'production'].map((mode) => {
    const rows = leaves(defaults[`${mode}Changes`]).map(([path, value]) => [
      code(`websocket.${path}`),
      code(JSON.stringify(value)),
    ]);
    return `### ${mode}\n\n${table(['field', 'value'], rows)}`;
  });
  const text = [
    INTRODUCTION.trimEnd(),
    ...texts,
    '## What the environment changes',
    'The bundler or the process says which it is: `import.meta.env.MODE` and `PROD`, else `process.env.NODE_ENV`.',
    ...changes,
  ].join('\n\n');
  return `${text}\n`;
}

/**
 * @param {Record<string, any>} schema
 * @param {Map<string, Interface>} interfaces
 * @param {string} name
 * @param {string[]} path
 * @returns {Field[]}
 */
function fieldsOf(schema, interfaces, name, path) {
  return Object.entries(schema).flatMap(([field, rule]) => {
    const declared = interfaces.get(name)?.members.get(field);
    if (declared === undefined) throw new Problem(`${name} in ${INTERFACES} has no ${field}.`);
    const here = [...path, field];
    return typeof rule.accepts === 'function'
      ? {
          path: here.join('.'),
          allowed: rule.allowed,
          comment: withoutDefault(declared.comment),
          section: interfaces.get(name)?.comment ?? '',
        }
      : fieldsOf(rule, interfaces, declared.type, here);
  });
}

/**
 * The interfaces of a file, with their comments.
 *
 * @param {string} file
 * @returns {Map<string, Interface>}
 */
function interfacesOf(file) {
  const source = typescript.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    typescript.ScriptTarget.Latest,
    true,
  );
  const found = new Map();
  for (const statement of source.statements) {
    if (!typescript.isInterfaceDeclaration(statement)) continue;
    const members = new Map();
    for (const member of statement.members) {
      members.set(member.name?.getText(), {
        type: /** @type {any} */ (member).type?.getText(),
        comment: commentOf(member),
      });
    }
    found.set(statement.name.text, { comment: commentOf(statement), members });
  }
  return found;
}

/** @param {import('typescript').Node} node */
function commentOf(node) {
  const comments = typescript.getJSDocCommentsAndTags(node).map(({ comment }) => comment);
  return comments.join(' ').replace(/\s+/g, ' ');
}

/** Comments repeat defaults for those who read code. @param {string} comment */
function withoutDefault(comment) {
  return comment.replace(/; (true|false|\d+( MiB)?)(?=[.,])/g, '');
}

/**
 * The variable that sets a field, found by setting each.
 *
 * @param {any} environment the module
 * @returns {Map<string, string>}
 */
function variablesByField({ configOfVariables }) {
  const source = readFileSync(join(repositoryRoot, 'js/src/config/environment.ts'), 'utf8');
  const names = new Set(source.match(/\bVITE_\w+/g));
  return new Map(
    [...names].map((name) => {
      for (const sample of SAMPLES) {
        try {
          const [leaf] = leaves(configOfVariables({ [name]: sample }));
          if (leaf !== undefined) return [`websocket.${leaf[0]}`, name];
        } catch {
          // It wants another kind of value.
        }
      }
      throw new Problem(`No sample satisfies ${name}.`);
    }),
  );
}

/**
 * @param {object} value
 * @param {string} [prefix]
 * @returns {[path: string, value: unknown][]} what is not undefined
 */
function leaves(value, prefix = '') {
  return Object.entries(value).flatMap(([name, member]) => {
    if (member === undefined) return [];
    const isSection = typeof member === 'object' && !Array.isArray(member);
    return isSection ? leaves(member, `${prefix}${name}.`) : [[`${prefix}${name}`, member]];
  });
}

/** @param {string} path */
function sectionOf(path) {
  return path.slice(0, path.lastIndexOf('.'));
}

/** @param {readonly Field[]} fields */
function bySection(fields) {
  /** @type {Map<string, Field[]>} */
  const groups = new Map();
  for (const field of fields) {
    const section = sectionOf(field.path);
    groups.set(section, [...(groups.get(section) ?? []), field]);
  }
  return groups;
}

/**
 * @param {any} config
 * @param {string} path
 */
function valueAt(config, path) {
  return path.split('.').reduce((value, name) => value?.[name], config);
}

/** @param {string} text */
function code(text) {
  return `\`${text}\``;
}

/**
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows
 */
function table(heads, rows) {
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    writeFileSync(configurationDocument, await configurationReference());
  });
}
