/** The React Compiler, as a plugin of Vite; what it cannot compile is an error. */

import { transformAsync } from '@babel/core';
import type { Plugin } from 'vite';

/** The file's code with its components and hooks compiled; TypeScript and JSX stay. */
export async function compileReact(code: string, filename: string): Promise<string> {
  const result = await transformAsync(code, {
    filename,
    babelrc: false,
    configFile: false,
    parserOpts: { plugins: ['typescript', 'jsx'] },
    plugins: [['babel-plugin-react-compiler', { panicThreshold: 'all_errors' }]],
  });
  return result?.code ?? '';
}

/** Compiles files that say so in their name: `name.compiled.tsx`. */
export function reactCompiler(): Plugin {
  return {
    name: 'react-compiler',
    enforce: 'pre',
    transform: {
      filter: { id: /\.compiled\.tsx$/ },
      handler: compileReact,
    },
  };
}
