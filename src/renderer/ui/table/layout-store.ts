import { create, type StoreApi, type UseBoundStore } from 'zustand'
import {
  defaultKept,
  layoutOfPreset,
  readKept,
  type KeptLayout,
  type TableLayout,
  type TableShape,
} from './layout.ts'

interface LayoutState extends KeptLayout {
  /** Whether the panel with columns and presets is open. */
  readonly isPanelOpen: boolean
}

/** The layout of one table, kept in this window. */
export interface LayoutStore {
  readonly shape: TableShape
  readonly use: UseBoundStore<StoreApi<LayoutState>>
  readonly change: (step: (layout: TableLayout) => TableLayout) => void
  /** Shows a preset, built-in or own. */
  readonly apply: (name: string) => void
  /** Keeps the layout shown as an own preset; one of the same name is replaced. */
  readonly saveAs: (name: string) => void
  readonly rename: (name: string, to: string) => void
  readonly remove: (name: string) => void
  /** Goes back to the preset that the layout was made from. */
  readonly reset: () => void
  readonly showPanel: (isPanelOpen: boolean) => void
}

/** Where a table's layout is kept; the number rises when its form changes. */
const keyOf = (table: string) => `signal.table.v1.${table}`

const stores = new Map<string, LayoutStore>()

/** The layout of the table of this name; made when it is first asked for. */
export function layoutStore(table: string, shape: TableShape): LayoutStore {
  const made = stores.get(table) ?? createLayoutStore(keyOf(table), shape)
  stores.set(table, made)
  return made
}

function createLayoutStore(key: string, shape: TableShape): LayoutStore {
  const use = create<LayoutState>(() => ({
    ...readKept(localStorage.getItem(key), shape),
    isPanelOpen: false,
  }))
  use.subscribe(({ isPanelOpen: _open, ...kept }, before) => {
    if (before.layout === kept.layout && before.own === kept.own && before.preset === kept.preset) return
    localStorage.setItem(key, JSON.stringify(kept))
  })
  const apply = (name: string) =>
    use.setState((state) => {
      const layout = layoutOfPreset(shape, state, name)
      return layout ? { layout, preset: name } : { ...defaultKept(shape), own: state.own }
    })
  return {
    shape,
    use,
    apply,
    change: (step) => use.setState(({ layout }) => ({ layout: step(layout) })),
    saveAs: (name) =>
      use.setState(({ layout, own }) => ({
        preset: name,
        own: [...own.filter((preset) => preset.name !== name), { name, layout }],
      })),
    rename: (name, to) =>
      use.setState(({ own, preset }) => ({
        preset: preset === name ? to : preset,
        own: own.map((one) => (one.name === name ? { ...one, name: to } : one)),
      })),
    remove: (name) =>
      use.setState(({ own, preset }) => ({
        preset: preset === name ? defaultKept(shape).preset : preset,
        own: own.filter((one) => one.name !== name),
      })),
    reset: () => apply(use.getState().preset),
    showPanel: (isPanelOpen) => use.setState({ isPanelOpen }),
  }
}
