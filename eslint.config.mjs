import tseslint from 'typescript-eslint'
import { textInOwnElement } from './lib/lint/text-in-own-element.mjs'

/** Imports run app -> lessons -> lib and never back. */
const layer = (files, patterns, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group: patterns, message }] }] },
})

export default tseslint.config(
  {
    ignores: [
      '.next/**',
      'node_modules/**',
      '.data/**',
      'next-env.d.ts',
      '**/*.mjs',
      'test-results/**',
      'playwright-report/**',
      'public/**',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      // Closures and plain data: no method here uses `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  layer(
    ['lib/**/*.ts'],
    ['react', 'react/*', 'react-dom', 'next', 'next/*', '@/app/*', '@/lessons/*', '**/app/*', '**/lessons/*'],
    'lib imports neither React nor Next, and nothing from app or lessons.',
  ),
  layer(['lessons/**/*.{ts,tsx}'], ['@/app/*', '**/app/*'], 'lessons import from lib alone.'),
  {
    files: ['app/**/*.{ts,tsx}'],
    ignores: ['app/lab/use-server-query.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@tanstack/react-query',
              importNames: ['useQuery'],
              message: 'Use useServerQuery: a panel that hydrates late must match the HTML it takes over.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['app/**/*.tsx'],
    // These are rendered on the server alone: their text never changes in a browser.
    ignores: [
      'app/**/page.tsx',
      'app/{layout,error,global-error}.tsx',
      'app/reference/**',
      'app/source/{source,terminal}.tsx',
      'app/lessons/term.tsx',
      'app/{exercises/exercise,experiment/experiment}.tsx',
    ],
    plugins: { hitrate: { rules: { 'text-in-own-element': textInOwnElement } } },
    rules: { 'hitrate/text-in-own-element': 'error' },
  },
  // The launcher hosts Next; it is the one file of lib that may.
  { files: ['lib/cli/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
)
