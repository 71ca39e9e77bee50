import { Cog6ToothIcon } from '@heroicons/react/20/solid'
import type { Screen } from '../app/screen.ts'
import { SettingsScreen } from './settings-screen.tsx'

/** The settings screen. */
export const settingsScreen: Screen = {
  id: 'settings',
  label: 'Settings',
  title: 'Settings',
  Icon: Cog6ToothIcon,
  keys: 'Ctrl+,',
  Content: SettingsScreen,
  actions: [],
}
