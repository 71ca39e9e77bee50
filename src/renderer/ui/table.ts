/** What a screen needs to draw a table of its own kind, such as the grid of the market; others use `DataTable`. */
export type { LayoutColumn, RowAction, Sort, TablePreset } from './table/column.ts'
export { copyActions, copyRow } from './table/copy-actions.ts'
export { TableHeader } from './table/header.tsx'
export { LayoutPanel } from './table/layout-panel.tsx'
export { layoutStore, type LayoutStore } from './table/layout-store.ts'
export { TableMenu } from './table/menu.tsx'
export { useTableModel, type PlacedColumn } from './table/model.ts'
export { pinProps, useCellColumns, useColumnStyle, type CellColumn } from './table/template.ts'
