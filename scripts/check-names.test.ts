import { expect, test } from 'vitest'
import { complaintsOf } from './check-names.mjs'

/** The complaints about these files, given as path and text alternately. */
const complaints = (files: Readonly<Record<string, string>>) => complaintsOf(new Map(Object.entries(files)))

/** A file with one fault, and the complaint about it. */
const BAD = [
  [
    'a doc comment right before another',
    `/** The price. */\n/** The size. */\nexport const size = 1\n`,
    ':1 A doc comment right before another.',
  ],
  [
    'a doc comment before an empty line',
    `export const a = 1\n/** Its size. */\n\nexport const b = 1\n`,
    ':2 A doc comment that is about nothing.',
  ],
  [
    'a doc comment before an import',
    `import 'a'\n/** The library. */\nimport 'b'\n`,
    ':2 A doc comment that is about nothing.',
  ],
  [
    'a doc comment before an end',
    `export class Order {\n  id = 1\n  /** Its size. */\n}\n`,
    ':3 A doc comment that is about nothing.',
  ],
  [
    'a doc comment before a statement',
    `export const a = () => {\n  /** The size. */\n  return 1\n}\n`,
    ':2 A doc comment that is about nothing.',
  ],
  [
    'a link to nothing',
    `/** One.\n * See {@link follow}. */\nexport const a = 1\n`,
    ':2 A link to follow, which is not here.',
  ],
  [
    'a link to a member that is not there',
    `/** See {@link Order.size}. */\nexport interface Order { id: string }\n`,
    ':1 A link to Order.size, which is not here.',
  ],
  ['an old word in a name', `export const deskView = 1\n`, ':1 Not "desk" but'],
  ['an old word in a comment', `export const a = 1 // of the Journal\n`, ':1 Not "Journal" but'],
  ['an old word in a text', `export const a = 'cancel-pending'\n`, ':1 Not "cancel-pending" but'],
  ['an old word for a type', `class Line {}\n`, ':1 Not "Line" but'],
  ['an old ending of a type', `interface SenderParts {}\n`, ':1 Not "SenderParts" but'],
] as const

test.each(BAD)('%s is found', (_fault, text, complaint) => {
  const said = complaints({ 'src/main/market/bad.ts': text })
  expect(said).toHaveLength(1)
  expect(said[0]).toContain(`src/main/market/bad.ts${complaint}`)
})

test('a file named after its words is found', () => {
  expect(complaints({ 'src/renderer/app/session-words.ts': '' })).toEqual([
    'src/renderer/app/session-words.ts:1 Call the file describe-*, not *-words.',
  ])
})

test.each([
  ['main', 'alpaca'],
  ['main', 'process'],
  ['main', 'shared'],
  ['storage', 'alpaca'],
  ['storage', 'shared'],
  ['demo-market', 'shared'],
  ['preload', 'shared'],
  ['renderer', 'shared'],
  ['cli', 'storage'],
  ['cli', 'alpaca'],
  ['cli', 'shared'],
])('a %s type that %s declares too is found', (one, other) => {
  const files = {
    [`src/${one}/x/order.ts`]: `export interface Order {}\n`,
    [`src/${other}/order.ts`]: `\ntype Order = string\n`,
  }
  expect(complaints(files)).toEqual([
    `src/${other}/order.ts:2 Order is declared in src/${one}/x/order.ts too.`,
  ])
})

test('types of two processes may have the same name, and so may those of tests', () => {
  const files = {
    'src/demo-market/order.ts': `export interface Order {}\n`,
    'src/main/order.ts': `export class Order {}\n`,
    'src/main/order.test.ts': `interface Order {}\n`,
  }
  expect(complaints(files)).toEqual([])
})

test('each component may have its own Props if it does not export them', () => {
  const own = `interface Props {}\n`
  expect(complaints({ 'src/renderer/a.tsx': own, 'src/renderer/b.tsx': own })).toEqual([])
  expect(
    complaints({ 'src/renderer/a.tsx': `export ${own}`, 'src/renderer/b.tsx': `export ${own}` }),
  ).toHaveLength(1)
  expect(complaints({ 'src/renderer/a.ts': own, 'src/renderer/b.ts': own })).toHaveLength(1)
})

test('comments that document something cause no complaint', () => {
  const text = `/** What this file is for. */
import { price } from './price.ts'

/** A size. See {@link price}, {@link Order.id} and {@link https://example.com}. */
export type Size =
  /** In lots. */
  | { kind: 'lots' }
  /** In shares. */
  | { kind: 'shares' }

/** An order: {@link
 * price}. */
// oxlint-disable-next-line max-lines
export class Order {
  /** Its id. */
  readonly id = price
  /** Its size. */
  get size(): Size {
    const round = (/** @type {number} */ size: number) => size
    /** The lot. */
    const lot = 100
    return [
      /** Its one size. */
      { kind: 'lots', lot },
    ][0]
  }
}
`
  expect(complaints({ 'src/main/good.ts': text })).toEqual([])
})
