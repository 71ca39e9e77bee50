import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/**
 * Main and preload are CommonJS for Node 18 and the renderer is built for Chromium 114: the oldest runtime that
 * Signal starts on (docs/decisions/runtime.md). Everything is bundled; only native addons stay outside.
 */
export default defineConfig({
  main: {
    build: {
      target: 'node18',
      externalizeDeps: false,
      sourcemap: true,
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
      target: 'node18',
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
      target: 'chrome114',
      minify: true,
      rolldownOptions: { input: { index: 'src/renderer/index.html' } },
    },
  },
})
