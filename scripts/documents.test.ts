import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const filesIn = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(
    (path) => `${folder}/${path.replaceAll('\\', '/')}`,
  )

const documents = [
  'README.md',
  'src/alpaca/README.md',
  ...filesIn('docs').filter((path) => path.endsWith('.md')),
]
const sources = ['src', 'tests', 'bench', 'scripts'].flatMap(filesIn)

test.each(documents)('%s names no file of the code that is not there', (document) => {
  const named = [...read(document).matchAll(/`([\w/.-]+\.(?:ts|tsx|mjs))`/g)].map(([, path = '']) => path)
  const isThere = (path: string) =>
    [...sources, ...readdirSync(ROOT)].some((source) => source === path || source.endsWith(`/${path}`))
  expect(named.filter((path) => !isThere(path))).toEqual([])
})

test('the page on security names a test for each claim, by a title that is there', () => {
  const tests = sources.filter((path) => /\.(test|e2e)\.ts$/.test(path)).map(read)
  const page = read('docs/security.md').replace(/\s+/g, ' ')
  const titles = [...page.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title)
  expect(titles.length).toBeGreaterThan(20)
  expect(titles.filter((title) => !tests.some((text) => text.includes(title)))).toEqual([])
})

test('the architecture says what each room is for, and tells the way of a quote, an order and a page of bars', () => {
  const architecture = read('docs/architecture.md')
  const rooms = new Set(
    sources.flatMap((path) => /^src\/(?:main\/)?(?!main\/)[^/]+(?=\/.*\.tsx?$)/.exec(path) ?? []),
  )
  expect([...rooms].filter((room) => !architecture.includes(`| \`${room}/\` `))).toEqual([])
  expect(architecture.match(/^## .*, from file to file$/gm)).toHaveLength(3)
})
