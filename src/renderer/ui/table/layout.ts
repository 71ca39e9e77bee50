import * as z from 'zod'
import { parseJson } from '#shared/parse-json'
import type { LayoutColumn, Sort, TablePreset } from './column.ts'

const sort = z.object({ column: z.string(), descending: z.boolean() })
const tableLayout = z.object({
  order: z.array(z.string()),
  hidden: z.array(z.string()),
  pinned: z.array(z.string()),
  widths: z.record(z.string(), z.number().min(24).max(2_000)),
  sort: sort.optional(),
})
const keptLayout = z.object({
  layout: tableLayout,
  preset: z.string(),
  own: z.array(z.object({ name: z.string().trim().min(1).max(40), layout: tableLayout })).max(50),
})

/** How a table's columns and rows are arranged. */
export type TableLayout = z.output<typeof tableLayout>

/** What is kept of a table: the layout shown, the preset it was made from, and the trader's own presets. */
export type KeptLayout = z.output<typeof keptLayout>

/** Columns and presets that a table offers; the first column is the row's header. */
export interface TableShape {
  readonly columns: readonly LayoutColumn[]
  /** The first one is the default; if there are none, all columns that are not optional are shown. */
  readonly presets: readonly TablePreset[]
  /** How rows are sorted at first; as they come if absent. */
  readonly sort?: Sort | undefined
}

/** Narrowest and widest a column can be made, px. */
export const LEAST_WIDTH = 40
const MOST_WIDTH = 1_200

/** Name of the preset of a table without presets of its own. */
const DEFAULT_PRESET = 'Default'

/** The built-in presets of a table; there is always one. */
export const builtInPresets = ({ columns, presets, sort: first }: TableShape): readonly TablePreset[] =>
  presets.length > 0
    ? presets
    : [
        {
          name: DEFAULT_PRESET,
          columns: columns.filter(({ isOptional }) => isOptional !== true).map(({ id }) => id),
          ...(first && { sort: first }),
        },
      ]

const isFixed = ({ columns }: TableShape, id: string): boolean =>
  id === columns[0]?.id || columns.some((column) => column.id === id && column.isNameless === true)

/** The layout that a built-in preset makes. */
export function presetLayout(shape: TableShape, preset: TablePreset): TableLayout {
  const shown = new Set(preset.columns)
  return completed(shape, {
    order: [...preset.columns],
    hidden: shape.columns.filter(({ id }) => !shown.has(id)).map(({ id }) => id),
    pinned: [],
    widths: {},
    ...(preset.sort && { sort: preset.sort }),
  })
}

/** The layout of a built-in or own preset; undefined if there is none of this name. */
export function layoutOfPreset(
  shape: TableShape,
  { own }: KeptLayout,
  name: string,
): TableLayout | undefined {
  const builtIn = builtInPresets(shape).find((preset) => preset.name === name)
  return builtIn ? presetLayout(shape, builtIn) : own.find((preset) => preset.name === name)?.layout
}

/** What a table shows before anything was changed. */
export function defaultKept(shape: TableShape): KeptLayout {
  const [first] = builtInPresets(shape)
  if (!first) throw new Error('a table without presets has a default one')
  return { layout: presetLayout(shape, first), preset: first.name, own: [] }
}

/**
 * A layout for the columns that the table has now: columns that are gone are left out; new ones come at the end, hidden
 * if they are optional. The row's header is first, and it and nameless columns are always shown.
 */
function completed(shape: TableShape, layout: TableLayout): TableLayout {
  const ids = shape.columns.map(({ id }) => id)
  const known = (id: string) => ids.includes(id)
  const fresh = shape.columns.filter(({ id }) => !layout.order.includes(id) && !layout.hidden.includes(id))
  const hidden = [
    ...layout.hidden,
    ...fresh.filter(({ isOptional }) => isOptional === true).map(({ id }) => id),
  ]
  const { sort: sorted, ...rest } = layout
  return {
    ...rest,
    order: [...new Set([...ids.slice(0, 1), ...layout.order.filter(known), ...ids])],
    hidden: hidden.filter((id) => known(id) && !isFixed(shape, id)),
    pinned: layout.pinned.filter((id) => known(id) && !isFixed(shape, id)),
    widths: Object.fromEntries(Object.entries(layout.widths).filter(([id]) => known(id))),
    ...(sorted && known(sorted.column) && { sort: sorted }),
  }
}

/** Reads what was kept of a table; the default if it is missing or broken. */
export function readKept(text: string | null, shape: TableShape): KeptLayout {
  const kept = keptLayout.safeParse(parseJson(text ?? ''))
  if (!kept.success) return defaultKept(shape)
  const { layout, own, preset } = kept.data
  return {
    preset,
    layout: completed(shape, layout),
    own: own.map(({ name, layout: one }) => ({ name, layout: completed(shape, one) })),
  }
}

/** The columns shown from left to right: pinned ones, the others, nameless ones. */
export function shownColumns(shape: TableShape, { order, hidden, pinned }: TableLayout) {
  const shown = order.filter((id) => !hidden.includes(id))
  const nameless = shown.filter((id) => isFixed(shape, id) && id !== shape.columns[0]?.id)
  const start = shown.filter((id) => id === shape.columns[0]?.id || pinned.includes(id))
  const center = shown.filter((id) => !start.includes(id) && !nameless.includes(id))
  return { start, center, end: nameless }
}

/** Whether the column may be moved, hidden and pinned: the row's header and nameless columns may not. */
export const isMovable = (shape: TableShape, id: string): boolean => !isFixed(shape, id)

/** The layout with a column put before another one, or at the end of its part; pinned columns stay together. */
export function withMovedBefore(
  shape: TableShape,
  layout: TableLayout,
  id: string,
  before: string | undefined,
): TableLayout {
  if (id === before || isFixed(shape, id)) return layout
  const rest = layout.order.filter((other) => other !== id)
  const at = before === undefined ? rest.length : Math.max(1, rest.indexOf(before))
  return { ...layout, order: [...rest.slice(0, at), id, ...rest.slice(at)] }
}

/** The layout with a column moved past its visible neighbor: -1 to the left, 1 to the right. */
export function withMovedBy(shape: TableShape, layout: TableLayout, id: string, by: -1 | 1): TableLayout {
  const { start, center } = shownColumns(shape, layout)
  const part = start.includes(id) ? start : center
  const neighbor = part[part.indexOf(id) + by]
  if (neighbor === undefined || isFixed(shape, neighbor) || isFixed(shape, id)) return layout
  const rest = layout.order.filter((other) => other !== id)
  const at = rest.indexOf(neighbor) + (by > 0 ? 1 : 0)
  return { ...layout, order: [...rest.slice(0, at), id, ...rest.slice(at)] }
}

/** The layout with a column shown or hidden. */
export const withShown = (layout: TableLayout, id: string, isShown: boolean): TableLayout => ({
  ...layout,
  hidden: isShown ? layout.hidden.filter((other) => other !== id) : [...layout.hidden, id],
})

/** The layout with a column pinned to the left, or no longer. */
export const withPinned = (layout: TableLayout, id: string, isPinned: boolean): TableLayout => ({
  ...layout,
  pinned: isPinned ? [...layout.pinned, id] : layout.pinned.filter((other) => other !== id),
})

/** The layout with these columns' widths, px. */
export const withWidths = (layout: TableLayout, widths: Readonly<Record<string, number>>): TableLayout => ({
  ...layout,
  widths: {
    ...layout.widths,
    ...Object.fromEntries(
      Object.entries(widths).map(([id, width]) => [
        id,
        Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width))),
      ]),
    ),
  },
})

/** The layout sorted by a column, or as the rows come. */
export const withSort = ({ sort: _before, ...layout }: TableLayout, next: Sort | undefined): TableLayout => ({
  ...layout,
  ...(next && { sort: next }),
})

/** The sort after a column's header is pressed once more: one way, the other, then as the rows come. */
export function nextSort(before: Sort | undefined, column: string, descendsFirst: boolean): Sort | undefined {
  if (before?.column !== column) return { column, descending: descendsFirst }
  return before.descending === descendsFirst ? { column, descending: !descendsFirst } : undefined
}
