import { expect, test } from 'vitest'
import {
  defaultKept,
  nextSort,
  presetLayout,
  readKept,
  shownColumns,
  withMovedBefore,
  withMovedBy,
  withPinned,
  withShown,
  withWidths,
  type KeptLayout,
  type TableShape,
} from './layout.ts'

const column = (id: string, more: object = {}) => ({ id, header: id, ...more })
const shape: TableShape = {
  columns: [
    column('symbol'),
    column('last'),
    column('bid'),
    column('ask'),
    column('spread', { isOptional: true }),
    column('actions', { isNameless: true }),
  ],
  presets: [],
}
const { layout } = defaultKept(shape)
const shown = (from = layout) => {
  const { start, center, end } = shownColumns(shape, from)
  return [...start, ...center, ...end].join(' ')
}
const kept: KeptLayout = {
  preset: 'Default',
  own: [{ name: 'Mine', layout: withShown(layout, 'bid', false) }],
  layout: { ...withWidths(layout, { bid: 120 }), sort: { column: 'bid', descending: true } },
}

test('a table begins with all columns but the optional ones', () => {
  expect(shown()).toBe('symbol last bid ask actions')
})

test('columns, widths, sort and presets come back as the trader left them', () => {
  expect(readKept(JSON.stringify(kept), shape)).toEqual(kept)
})

test('a missing, broken or foreign layout gives the default', () => {
  const broken = [null, '', '{', '[]', '{"layout":{}}', JSON.stringify({ ...kept, own: [{ name: '' }] })]
  for (const text of broken) expect(readKept(text, shape)).toEqual(defaultKept(shape))
})

test('a width that no column could have gives the default', () => {
  for (const width of [-1, 1e9, 'wide', null]) {
    const text = JSON.stringify({ ...kept, layout: { ...layout, widths: { bid: width } } })
    expect(readKept(text, shape)).toEqual(defaultKept(shape))
  }
})

test('a column that is new appears, an optional one only on request, and one that is gone is left out', () => {
  const older = { ...layout, order: ['symbol', 'gone', 'ask'], hidden: ['ask'], widths: { gone: 90 } }
  const read = readKept(JSON.stringify({ ...kept, layout: older }), shape).layout
  expect(shown(read)).toBe('symbol last bid actions')
  expect(read.hidden).toEqual(['ask', 'spread'])
  expect(read.widths).toEqual({})
})

test('the row’s header and the buttons can be neither hidden nor moved', () => {
  const text = JSON.stringify({
    ...kept,
    layout: {
      ...layout,
      order: ['actions', 'bid', 'symbol'],
      hidden: ['symbol', 'actions'],
      pinned: ['actions'],
    },
  })
  expect(shown(readKept(text, shape).layout)).toBe('symbol bid last ask actions')
  expect(shown(withMovedBefore(shape, layout, 'symbol', undefined))).toBe('symbol last bid ask actions')
  expect(shown(withMovedBefore(shape, layout, 'bid', 'symbol'))).toBe('symbol bid last ask actions')
})

test('a column moves past its visible neighbor, and not past the ends', () => {
  const hidden = withShown(layout, 'bid', false)
  expect(shown(withMovedBy(shape, hidden, 'ask', -1))).toBe('symbol ask last actions')
  expect(shown(withMovedBy(shape, layout, 'last', -1))).toBe(shown())
  expect(shown(withMovedBy(shape, layout, 'ask', 1))).toBe(shown())
})

test('a dragged column lands before the one it was dropped on, or at the end', () => {
  expect(shown(withMovedBefore(shape, layout, 'ask', 'last'))).toBe('symbol ask last bid actions')
  expect(shown(withMovedBefore(shape, layout, 'last', undefined))).toBe('symbol bid ask last actions')
})

test('pinned columns stand beside the row’s header and move among themselves', () => {
  const pinned = withPinned(withPinned(layout, 'bid', true), 'ask', true)
  expect(shown(pinned)).toBe('symbol bid ask last actions')
  expect(shown(withMovedBy(shape, pinned, 'ask', 1))).toBe('symbol bid ask last actions')
  expect(shown(withMovedBy(shape, pinned, 'ask', -1))).toBe('symbol ask bid last actions')
  expect(shown(withPinned(pinned, 'bid', false))).toBe('symbol ask last bid actions')
})

test('a width stays within what can still be seen and grabbed', () => {
  expect(withWidths(layout, { bid: 3 }).widths).toEqual({ bid: 40 })
  expect(withWidths(layout, { bid: 9_999 }).widths).toEqual({ bid: 1_200 })
})

test('a preset shows its columns in its order', () => {
  const preset = { name: 'Quotes', columns: ['ask', 'bid'], sort: { column: 'ask', descending: false } }
  const made = presetLayout(shape, preset)
  expect(shown(made)).toBe('symbol ask bid actions')
  expect(made.sort).toEqual(preset.sort)
})

test('numbers sort downward first, words upward, and the third press leaves rows as they come', () => {
  const first = nextSort(undefined, 'bid', true)
  const second = nextSort(first, 'bid', true)
  expect([first, second, nextSort(second, 'bid', true)]).toEqual([
    { column: 'bid', descending: true },
    { column: 'bid', descending: false },
    undefined,
  ])
  expect(nextSort(first, 'symbol', false)).toEqual({ column: 'symbol', descending: false })
})
