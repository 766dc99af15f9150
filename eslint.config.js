import eslint from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const unusedVariables = ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }];

export default tseslint.config(
  {
    ignores: [
      ...['**/dist/', '**/node_modules/', 'build/', 'coverage/', '**/*.d.ts'],
      // Emscripten's macros are no JavaScript.
      'wasm/websocket_library.js',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-unused-vars': unusedVariables,
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    name: 'JavaScript for Node',
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals.node },
  },
  {
    name: 'Emscripten libraries',
    files: ['wasm/**/*.js', 'scripts/toolchain/trial/library.js'],
    languageOptions: { sourceType: 'script', globals: { ...globals.browser } },
    // Merged into the engine's glue code, where everything of Emscripten is in scope.
    rules: { 'no-undef': 'off', 'no-unused-vars': 'off' },
  },
  {
    name: 'TypeScript',
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strict],
    rules: {
      'no-unused-vars': 'off',
      '@typescript-eslint/no-unused-vars': unusedVariables,
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    name: 'fixtures',
    // Vitest reads off the pattern which fixtures one needs, also when that is none.
    files: ['tests/browser/support/*-test.ts'],
    rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
  },
  {
    name: 'the package, with types',
    files: ['js/src/**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeCheckedOnly],
    languageOptions: {
      parserOptions: {
        project: ['js/tsconfig.json', 'js/src/migrate/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    name: 'React',
    files: ['js/src/**/*.{ts,tsx}', 'web-demo/app/**/*.{ts,tsx}', 'tests/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
  },
);
