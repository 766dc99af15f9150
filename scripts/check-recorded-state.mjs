/**
 * Checks that a recording has the whole state of the engine: every member of a class with a `Walk` is named in it, or is
 * said to be left out and why. A member that was forgotten is one a replay begins without.
 *
 *   node scripts/check-recorded-state.mjs [<root>]
 *
 * Constant members and references are no state. What is left out is said in the comment before the `Walk`:
 * `// Not recorded: one_ (the reason), another_, third_ (the reason of both).` A struct without a `Walk`, whose
 * members are named in another's, says so, and what is left out, in the comment before it: `// Walked in Owner.`
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { repositoryRoot } from './paths.mjs';
import { Problem, runScript } from './problem.mjs';
import { withoutCommentsAndStrings } from './source-text.mjs';
import { filesOf } from './stamp.mjs';

/**
 * @typedef {object} Member
 * @property {string} name
 * @property {number} line
 *
 * @typedef {object} Owner A class or struct.
 * @property {string} file
 * @property {number} line
 * @property {string} name
 * @property {readonly Member[]} members Those that can change.
 * @property {string} walk Code of all its functions whose name begins with Walk; empty without.
 * @property {readonly string[]} leftOut
 * @property {string | null} walkedIn
 */

/**
 * @param {string} root
 * @returns {string[]} `file:line: what is wrong`
 */
export function findForgottenState(root) {
  const owners = filesOf(root, 'core/include')
    .filter((file) => file.endsWith('.h'))
    .flatMap((file) => ownersIn(file, readFileSync(join(root, file), 'utf8')));
  return owners.flatMap((owner) => faultsOf(owner, owners));
}

/**
 * @param {Owner} owner
 * @param {readonly Owner[]} owners
 * @returns {string[]}
 */
export function faultsOf(owner, owners) {
  const { file, name, members, leftOut, walkedIn } = owner;
  const walker = walkedIn === null ? owner : owners.find((one) => one.name === walkedIn);
  if (walker === undefined || (walkedIn !== null && walker.walk === ''))
    return [`${file}:${owner.line}: ${name} is to be walked in ${walkedIn}, which has no Walk`];
  if (walker.walk === '') return [];
  const names = new Set(walker.walk.match(/\w+/g));
  const forgotten = members
    .filter((member) => !names.has(member.name) && !leftOut.includes(member.name))
    .map(
      ({ name: member, line }) =>
        `${file}:${line}: ${member} of ${name} is not in its Walk: name it there, or say that it is ` +
        'not recorded and why',
    );
  const idle = leftOut
    .filter((left) => names.has(left) || !members.some((member) => member.name === left))
    .map(
      (left) =>
        `${file}:${owner.line}: ${left} of ${name} is said to be left out, ` +
        `${names.has(left) ? 'and is in its Walk' : 'and is no member that can change'}`,
    );
  return [...forgotten, ...idle];
}

/**
 * @param {string} file
 * @param {string} source
 * @returns {Owner[]}
 */
export function ownersIn(file, source) {
  /** @type {Owner[]} */
  const owners = [];
  const code = withoutCommentsAndStrings(source);
  const lineAt = (/** @type {number} */ index) => source.slice(0, index).split('\n').length;
  const before = (/** @type {number} */ index) => commentBefore(source, index);

  /** @type {(begin: number, end: number) => void} */
  const readScope = (begin, end) => {
    for (const part of partsOf(code, begin, end)) {
      const kind = /^\s*(?:template\s*<[^>]*>\s*)?(namespace|class|struct)\b[^;(]*$/.exec(
        part.head,
      );
      if (kind === null || part.body === null) continue;
      if (kind[1] === 'namespace') readScope(part.body.begin, part.body.end);
      else readOwner(part, part.body);
    }
  };
  /** @type {(part: Part, body: { begin: number, end: number }) => void} */
  const readOwner = (part, body) => {
    readScope(body.begin, body.end);
    const parts = partsOf(code, body.begin, body.end);
    const walks = parts.filter(({ head }) => /\bWalk\w*\s*\(/.test(withoutTemplates(head)));
    const notes = [part, ...walks].flatMap(({ begin }) => leftOutBy(before(begin)));
    owners.push({
      file,
      line: lineAt(part.begin),
      name: /(?:class|struct)\s+(\w+)/.exec(part.head)?.[1] ?? 'unnamed',
      members: parts.flatMap((one) => {
        const name = memberIn(one.head);
        return name === null ? [] : [{ name, line: lineAt(one.begin) }];
      }),
      walk: walks.map((one) => code.slice(one.begin, one.end)).join('\n'),
      leftOut: notes,
      walkedIn: /\bWalked in (\w+)\./.exec(before(part.begin))?.[1] ?? null,
    });
  };
  readScope(0, code.length);
  return owners;
}

/**
 * @typedef {object} Part One declaration or definition.
 * @property {number} begin Of its first letter.
 * @property {number} end
 * @property {string} head Everything outside of braces, up to an initial value.
 * @property {{ begin: number, end: number } | null} body What is within its first braces.
 */

/**
 * @param {string} code
 * @param {number} from
 * @param {number} to
 * @returns {Part[]}
 */
function partsOf(code, from, to) {
  /** @type {Part[]} */
  const parts = [];
  let begin = from;
  /** @type {Part['body']} */
  let body = null;
  let head = '';
  let at = from;
  const finish = () => {
    const text = withoutLabels(head);
    if (text.trim() !== '')
      parts.push({ begin: begin + head.length - text.length, end: at, head: text, body });
    begin = at;
    head = '';
    body = null;
  };
  while (at < to) {
    if (code[at] === '{') {
      const end = closingBrace(code, at);
      body ??= { begin: at + 1, end };
      at = end + 1;
      // A function or a namespace ends without a semicolon.
      const text = withoutTemplates(withoutLabels(head));
      const isFunction = /\(/.test(text.split('=')[0] ?? '') && areBalanced(text);
      if (isFunction || text.startsWith('namespace')) finish();
    } else if (code[at] === ';') {
      at += 1;
      finish();
    } else {
      if (body === null) head += code[at];
      at += 1;
    }
  }
  return parts;
}

/**
 * Whether every parenthesis is closed: braces within them are a default argument.
 *
 * @param {string} text
 */
function areBalanced(text) {
  return text.split('(').length === text.split(')').length;
}

/**
 * A declaration without what may stand before it: access, and what is for the preprocessor.
 *
 * @param {string} text
 */
function withoutLabels(text) {
  return text.replace(/^(\s|(public|private|protected)\s*:(?!:)|#[^\n]*)*/, '');
}

/**
 * @param {string} code
 * @param {number} open
 */
function closingBrace(code, open) {
  let depth = 0;
  for (let at = open; at < code.length; at += 1) {
    if (code[at] === '{') depth += 1;
    if (code[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Problem(`A brace at byte ${open} is never closed.`);
}

/**
 * The name of the data member that is declared, if it is one that can change.
 *
 * @param {string} head
 * @returns {string | null}
 */
function memberIn(head) {
  const [declared = ''] = withoutTemplates(head).split('=');
  if (
    /\(|&|\boperator\b|^\s*(using|enum|friend|static|typedef|template|class|struct)\b/.test(
      declared,
    )
  )
    return null;
  if (/^\s*(mutable\s+)?const\b[^*]*$/.test(declared)) return null;
  return /\s\*?(\w+)\s*$/.exec(declared)?.[1] ?? null;
}

/** @param {string} text */
function withoutTemplates(text) {
  let before;
  do {
    before = text;
    text = text.replace(/<[^<>]*>/g, '');
  } while (text !== before);
  return text;
}

/**
 * The comment right before a declaration, as one line.
 *
 * @param {string} source
 * @param {number} index
 */
function commentBefore(source, index) {
  const lines = source.slice(0, index).split('\n').slice(0, -1);
  /** @type {string[]} */
  const comment = [];
  for (let line = lines.pop(); line?.trim().startsWith('//') === true; line = lines.pop())
    comment.unshift(line.trim().replace(/^\/\/ ?/, ''));
  return comment.join(' ');
}

/**
 * @param {string} comment
 * @returns {string[]}
 */
function leftOutBy(comment) {
  const list = /\bNot recorded: (.*)$/.exec(comment)?.[1];
  if (list === undefined) return [];
  return list
    .replace(/\([^)]*\)/g, ' ')
    .split(/[,.]/)
    .map((name) => name.trim())
    .filter((name) => /^\w+$/.test(name));
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    const found = findForgottenState(argv[2] ?? repositoryRoot);
    for (const line of found) console.error(line);
    return found.length > 0 ? 1 : 0;
  });
}
