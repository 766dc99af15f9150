/**
 * Blanks the comments, strings and character literals of C++ or TypeScript, so that patterns match
 * code only. Line breaks and length stay, and so do the names of included files.
 *
 * Template literals count as strings as a whole.
 *
 * @param {string} source
 */
export function withoutCommentsAndStrings(source) {
  const token = new RegExp(
    [
      String.raw`#\s*include\s*[<"][^>"\n]*[>"]`,
      String.raw`//[^\n]*`,
      String.raw`/\*[\s\S]*?\*/`,
      String.raw`\bR"([^(\s]{0,16})\([\s\S]*?\)\1"`,
      String.raw`"(?:[^"\\\n]|\\[\s\S])*"`,
      // Not the digit separator of 1'000.
      String.raw`(?<![0-9a-fA-F])'(?:[^'\\\n]|\\[\s\S])*'`,
      '`(?:[^`\\\\]|\\\\[\\s\\S])*`',
    ].join('|'),
    'g',
  );
  return source.replace(token, (text) =>
    text.startsWith('#') ? text : text.replace(/[^\n]/g, ' '),
  );
}
