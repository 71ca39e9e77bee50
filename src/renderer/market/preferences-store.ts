import { create } from 'zustand'
import { PREFERENCES_KEY, readPreferences, type Preferences } from './preferences.ts'

/** How the trader arranged the market screen besides the grid. */
export const usePreferences = create<Preferences>(() =>
  readPreferences(localStorage.getItem(PREFERENCES_KEY)),
)

usePreferences.subscribe((preferences) => localStorage.setItem(PREFERENCES_KEY, JSON.stringify(preferences)))

/** Switches between compact rows, which show a long list without scrolling, and comfortable ones. */
export const toggleDensity = (): void =>
  usePreferences.setState(({ density }) => ({ density: density === 'compact' ? 'comfortable' : 'compact' }))
