import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { LANGUAGE_FLOOR } from './scripts/lib/language-floor.mjs'

/** What a release keeps of a build, apart from the app: source maps, and which packages are bundled, with their licenses. */
const RECORDS = { sourcemap: true, license: { fileName: '.vite/licenses.json' } }

/** Everything is bundled, for the oldest runtime that Signal starts on; only native addons stay outside. */
export default defineConfig({
  main: {
    build: {
      target: LANGUAGE_FLOOR.node,
      externalizeDeps: false,
      ...RECORDS,
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          'demo-market': 'src/demo-market/process.ts',
          storage: 'src/storage/process.ts',
        },
        external: ['electron', 'better-sqlite3', 'pg-native', 'bufferutil', 'utf-8-validate'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      target: LANGUAGE_FLOOR.node,
      ...RECORDS,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), tailwindcss()],
    build: {
      target: LANGUAGE_FLOOR.chromium,
      minify: true,
      ...RECORDS,
      rolldownOptions: { input: { index: 'src/renderer/index.html' } },
    },
  },
})
