import { defineConfig, type OxlintOverride } from 'oxlint'
import manifest from './package.json' with { type: 'json' }
import { LANGUAGE_FLOOR } from './scripts/lib/language-floor.mjs'

/** What runs in one place only, by the packages that bring it. */
const PACKAGES = {
  Node: ['node:*', 'node:*/**'],
  Electron: ['electron', 'electron/**'],
  SQL: ['kysely', 'kysely/**', 'pg', 'pg-*', 'better-sqlite3'],
  sockets: ['ws'],
  screens: ['react', 'react/**', 'react-*', 'react-*/**', 'radix-ui', 'zustand', '@tanstack/**'],
}
/** What is imported by a `#` name. */
const LIBRARIES = Object.keys(manifest.imports)
type Kind = keyof typeof PACKAGES
const KINDS: readonly Kind[] = ['Node', 'Electron', 'SQL', 'sockets', 'screens']

/** What a folder of src/ may import besides its own files. */
interface Room {
  /** Below src/. A `*` stands for the folders that have no entry of their own further down. */
  readonly folder: string
  /** Libraries by their `#` name, neighbours by their path from the folder that holds both. */
  readonly knows: readonly string[]
  /** What it knows the types of, and nothing that runs. */
  readonly types?: readonly string[]
  readonly uses?: readonly Kind[]
}

const SHARED = '#shared/*'
const PROCESS = '#process/*'
const index = (...rooms: readonly string[]) => rooms.map((room) => `${room}/index.ts`)

/** Everything is forbidden that is not said here. A later entry stands in for an earlier one. */
const ROOMS: readonly Room[] = [
  { folder: '*', knows: [] },
  { folder: 'alpaca', knows: [], uses: ['Node', 'sockets'] },
  { folder: 'shared', knows: [] },
  { folder: 'analysis', knows: [SHARED] },
  { folder: 'process', knows: [SHARED], uses: ['Node'] },
  { folder: 'demo-market', knows: [SHARED, PROCESS, ...index('*')], uses: ['Node', 'sockets'] },
  { folder: 'demo-market/*', knows: [SHARED, PROCESS, '*.ts', ...index('*')], uses: ['Node', 'sockets'] },
  { folder: 'demo-market/matching', knows: [SHARED] },
  { folder: 'storage', knows: [SHARED, PROCESS, '#alpaca', ...index('*')], uses: ['Node', 'SQL'] },
  { folder: 'storage/*', knows: [SHARED, PROCESS, '#alpaca', ...index('*')], uses: ['Node', 'SQL'] },
  {
    folder: 'cli',
    knows: [SHARED, PROCESS, '#alpaca', '#storage/direct', '#demo-market', ...index('main/settings')],
    uses: ['Node'],
  },
  { folder: 'main', knows: [SHARED, PROCESS, ...index('*')], uses: ['Node', 'Electron'] },
  { folder: 'main/*', knows: [SHARED] },
  { folder: 'main/market', knows: [SHARED, PROCESS, '#alpaca'] },
  { folder: 'main/monitor', knows: [SHARED, PROCESS, ...index('market')], uses: ['Node'] },
  { folder: 'main/risk', knows: [SHARED], types: ['#alpaca'] },
  {
    folder: 'main/execution',
    knows: [SHARED, PROCESS, '#alpaca', '#storage', ...index('risk')],
    uses: ['Node'],
  },
  {
    folder: 'main/storage-client',
    knows: [SHARED, PROCESS, '#alpaca', '#storage', ...index('execution', 'market', 'settings')],
    uses: ['Node'],
  },
  { folder: 'main/settings', knows: [SHARED, PROCESS, '#alpaca'], uses: ['Node'] },
  { folder: 'main/updates', knows: [SHARED, PROCESS, ...index('settings')], uses: ['Node'] },
  {
    folder: 'main/account-session',
    knows: [
      SHARED,
      PROCESS,
      '#alpaca',
      '#storage',
      ...index('execution', 'market', 'monitor', 'settings', 'storage-client'),
    ],
    types: ['#demo-market'],
    uses: ['Node'],
  },
  {
    folder: 'main/app',
    knows: [SHARED, PROCESS, ...index('execution', 'settings', 'storage-client')],
    uses: ['Node', 'Electron'],
  },
  { folder: 'preload', knows: [SHARED], uses: ['Electron'] },
  { folder: 'renderer', knows: [SHARED, 'app/*', 'stores/*', 'welcome/*', ...index('*')], uses: ['screens'] },
  { folder: 'renderer/*', knows: [SHARED, 'app/*', 'stores/*', 'ui/*'], uses: ['screens'] },
  { folder: 'renderer/app', knows: [SHARED, 'stores/*', 'ui/*'], uses: ['screens'] },
  { folder: 'renderer/ui', knows: [SHARED], uses: ['screens'] },
]

/** Without an `execPath`, fork() in a packaged Electron starts the whole app again. */
const FORK = {
  name: 'node:child_process',
  importNames: ['fork'],
  message: 'Use forkNode of #process/fork-node, which says which Node runs it.',
}

/** The rules of a room, for each depth, since `../` leads elsewhere from there; tests may import their support too. */
function rulesOf({ folder, knows, types = [], uses = [] }: Room): OxlintOverride[] {
  const holdsRooms = ROOMS.some((other) => other.folder.startsWith(`${folder}/`))
  const levels = holdsRooms ? [''] : ['', '*/', '*/*/']
  return levels.flatMap((level, depth) => {
    const outside = '../'.repeat(depth + 1)
    const neighbours = knows
      .filter((name) => !name.startsWith('#'))
      .map((name) => `${holdsRooms ? './' : outside}${name}`)
    const others = LIBRARIES.filter((name) => !knows.includes(name) && !types.includes(name))
    const forbid = (exceptions: readonly string[]): NonNullable<OxlintOverride['rules']> => ({
      'no-restricted-imports': [
        'error',
        {
          paths: [FORK],
          patterns: [
            {
              group: [
                ...others.map((name) => name.replace('/*', '/**')),
                `${outside}**`,
                ...(holdsRooms ? ['./*/**'] : []),
                ...exceptions.map((name) => `!${name}`),
              ],
              message: `Of ours src/${folder} imports ${[...knows, ...types].join(', ') || 'nothing'} alone.`,
            },
            ...types.map((name) => ({
              group: [name],
              allowTypeImports: true,
              message: `src/${folder} imports types of it alone.`,
            })),
            ...KINDS.filter((kind) => !uses.includes(kind)).map((kind) => ({
              group: PACKAGES[kind],
              message: `src/${folder} uses no ${kind}.`,
            })),
          ],
        },
      ],
    })
    const files = `src/${folder}/${level}*`
    return [
      { files: [`${files}.ts`, `${files}.tsx`], rules: forbid(neighbours) },
      {
        files: [`${files}.test.ts`, `${files}.test.tsx`],
        rules: forbid([...neighbours, '**/tests/support/**']),
      },
    ]
  })
}

const NOT_YET = LANGUAGE_FLOOR.missing.map((each) => ({
  ...each,
  message: 'The oldest runtime that Signal starts on lacks it.',
}))
const MACHINE_TIME = { object: 'Date', property: 'now', message: 'A clock is handed in.' }
/** Where the machine's time is read: one file of each library and of the windows, examples, and tests. */
const CLOCKS = [
  'src/process/clock.ts',
  'src/alpaca/clock.ts',
  'src/renderer/stores/clock.ts',
  'src/alpaca/examples/**',
  'src/**/*.test.ts',
  'src/**/*.test.tsx',
]

const PLUGINS = ['typescript', 'import', 'react', 'unicorn', 'node', 'promise', 'jsx-a11y'] as const

export default defineConfig({
  plugins: [...PLUGINS],
  categories: { correctness: 'error' },
  ignorePatterns: ['/out', '/coverage', 'test-results', 'playwright-report'],
  rules: {
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
    'no-console': 'error',
    'node/no-process-env': 'error',
    'no-restricted-properties': ['error', ...NOT_YET],
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    'typescript/no-unnecessary-type-assertion': 'error',
    'typescript/no-unsafe-type-assertion': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'react/exhaustive-deps': 'error',
    'react/rules-of-hooks': 'error',
  },
  overrides: [
    ...ROOMS.flatMap(rulesOf),
    { files: ['src/**'], rules: { 'no-restricted-properties': ['error', ...NOT_YET, MACHINE_TIME] } },
    { files: CLOCKS, rules: { 'no-restricted-properties': ['error', ...NOT_YET] } },
    {
      files: ['src/renderer/**'],
      rules: {
        'jsx-a11y/interactive-supports-focus': 'off',
        'jsx-a11y/prefer-tag-over-role': 'off',
        'react/incompatible-library': 'off',
      },
    },
    {
      files: [
        'src/alpaca/examples/**',
        'src/main/settings/**',
        'src/demo-market/cli.ts',
        'src/cli/**',
        'scripts/**',
        'tests/**',
        'bench/**',
        '*.config.ts',
      ],
      rules: { 'node/no-process-env': 'off' },
    },
    {
      files: [
        'src/alpaca/examples/**',
        'src/demo-market/cli.ts',
        'src/cli/**',
        'scripts/**',
        'tests/**',
        'bench/**',
      ],
      rules: { 'no-console': 'off' },
    },
    { files: ['*.config.ts'], rules: { 'import/no-default-export': 'off' } },
    {
      files: ['**/*.test.ts', 'tests/**/*.e2e.ts'],
      plugins: [...PLUGINS, 'vitest'],
      rules: {
        'vitest/expect-expect': 'off', // scripts/expectations.test.ts follows helpers too
        'vitest/no-restricted-matchers': [
          'error',
          {
            toBeDefined: 'Say what it is.',
            toBeTruthy: 'Say what it is.',
            'not.toThrow': 'Say what comes of it.',
          },
        ],
      },
    },
    {
      files: ['**/*.test.ts', '**/*.test.tsx', 'tests/**', 'bench/**'],
      rules: { 'max-lines': 'off', 'typescript/no-unsafe-type-assertion': 'off' },
    },
  ],
})
