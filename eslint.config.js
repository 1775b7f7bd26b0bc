// @ts-check
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Who may import whom. Tags stand in each package.json under `nx.tags`. */
const layers = {
  'layer:core': [],
  'layer:base': ['layer:core'],
  'layer:ops': ['layer:core'],
  'layer:plugin': ['layer:core', 'layer:base', 'layer:ops'],
  'layer:lib': ['layer:core', 'layer:base'],
  // runtimes that have others run a network, or parts of one
  'layer:hybrid': ['layer:core', 'layer:plugin', 'layer:hybrid'],
  'layer:assembly': ['layer:core', 'layer:base', 'layer:ops', 'layer:plugin', 'layer:lib', 'layer:hybrid'],
  'layer:testing': ['layer:core'],
  'layer:app': ['*'],
};

const boundaries = (extra = []) => [
  'error',
  {
    // Scripts of the repository are no package.
    allow: ['../../../tools/**', '../../../../tools/**'],
    enforceBuildableLibDependency: false,
    allowCircularSelfDependency: true,
    depConstraints: Object.entries(layers).map(([sourceTag, allowed]) => ({
      sourceTag,
      onlyDependOnLibsWithTags: [...allowed, ...extra],
    })),
  },
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/assembly/**',
      '**/node_modules/**',
      '**/*.tsbuildinfo',
      '.nx/**',
      'out/**',
      '**/test-results/**',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(),
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { args: 'after-used', argsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      'no-console': 'error',
    },
  },
  {
    // Tests may also use the contract suites, the reference interpreter and whatever they prove the package with.
    files: ['**/test/**/*.ts', '**/bench/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': boundaries(['*']) },
  },
  {
    files: [
      'packages/cli/src/**/*.ts',
      'packages/conformance/src/**/*.ts',
      'packages/testing/src/**/*.ts',
      '**/test/**/*.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    // Configurations of tools belong to no TypeScript project.
    files: ['**/*.config.ts', 'tools/**/*.d.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { '@nx/enforce-module-boundaries': 'off', 'no-console': 'off' },
  },
);
