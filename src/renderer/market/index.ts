import { TableCellsIcon } from '@heroicons/react/20/solid'
import type { KeyList, Screen } from '../app/screen.ts'
import { marketLayout } from './columns.ts'
import { focusFilter } from './filter.tsx'
import { focusGrid, focusRow, openDetail } from './grid-focus.ts'
import { openAddSymbol } from './add-symbol.tsx'
import { MarketScreen } from './market-screen.tsx'
import { symbolFinder } from './symbol-finder.ts'
import { toggleDensity } from './preferences-store.ts'
import { deleteShown, duplicateShown, exportShown, openWatchlistDialog } from './watchlist-actions.ts'
import { showNeighbor } from '../stores/watchlists.ts'

/** Keys that work inside the grid, besides those of the actions. */
const GRID_KEYS: KeyList = {
  title: 'Grid',
  lines: [
    ['Move in grid', 'Arrows'],
    ['First / last column', 'Home / End'],
    ['First / last cell', 'Ctrl+Home / Ctrl+End'],
    ['Page up / down', 'PgUp / PgDn'],
    ['Find symbol', 'A…Z'],
    ['Symbol details', 'Enter'],
    ['Remove from watchlist', 'Delete'],
    ['Move row up / down', 'Alt+↑ / Alt+↓'],
    ['Announce row', 'Ctrl+Enter'],
    ['Copy row', 'Ctrl+C'],
    ['Menu of row or column', 'Shift+F10'],
    ['Sort by column (on its header)', 'Enter'],
    ['Column width (on its header)', 'Alt+← / Alt+→'],
    ['Fit column (on its header)', 'Alt+Enter'],
    ['Move column (on its header)', 'Ctrl+← / Ctrl+→'],
  ],
}

/** The screen of the live market. */
export const marketScreen: Screen = {
  id: 'market',
  label: 'Market',
  title: 'Market',
  Icon: TableCellsIcon,
  keys: 'Ctrl+1',
  focus: focusRow,
  Content: MarketScreen,
  moreKeys: GRID_KEYS,
  trades: true,
  finder: symbolFinder,
  actions: [
    { id: 'grid', label: 'Go to grid', keys: 'Alt+G', run: focusGrid },
    { id: 'filter', label: 'Filter symbols', keys: '/', run: focusFilter },
    { id: 'add-symbol', label: 'Add symbol', keys: '+', run: () => openAddSymbol() },
    {
      id: 'next-watchlist',
      label: 'Next watchlist',
      keys: 'Ctrl+PageDown',
      run: () => void showNeighbor(1),
    },
    {
      id: 'previous-watchlist',
      label: 'Previous watchlist',
      keys: 'Ctrl+PageUp',
      run: () => void showNeighbor(-1),
    },
    { id: 'new-watchlist', label: 'New watchlist', run: () => openWatchlistDialog('new') },
    { id: 'rename-watchlist', label: 'Rename watchlist', run: () => openWatchlistDialog('rename') },
    { id: 'duplicate-watchlist', label: 'Duplicate watchlist', run: () => void duplicateShown() },
    { id: 'delete-watchlist', label: 'Delete watchlist', run: () => void deleteShown() },
    { id: 'import-watchlist', label: 'Import watchlist', run: () => openWatchlistDialog('import') },
    { id: 'export-watchlist', label: 'Export watchlist', run: () => void exportShown() },
    {
      id: 'columns',
      label: 'Columns and presets',
      keys: 'Alt+C',
      run: () => marketLayout.showPanel(true),
    },
    { id: 'density', label: 'Toggle compact rows', keys: 'Alt+D', run: toggleDensity },
    { id: 'close-details', label: 'Close details', keys: 'Escape', run: () => openDetail(undefined) },
    { id: 'reset-columns', label: 'Reset columns', keys: 'Alt+0', run: marketLayout.reset },
  ],
}
