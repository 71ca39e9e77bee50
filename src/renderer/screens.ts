import type { Screen } from './app/screen.ts'
import { auditScreen } from './audit/index.ts'
import { historyScreen } from './history/index.ts'
import { marketScreen } from './market/index.ts'
import { ordersScreen } from './orders/index.ts'
import { settingsScreen } from './settings/index.ts'

/** The screens in the rail, from top to bottom. */
export const screens: readonly [Screen, ...Screen[]] = [
  marketScreen,
  ordersScreen,
  historyScreen,
  auditScreen,
  settingsScreen,
]
