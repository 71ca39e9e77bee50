import type { Mode } from '#shared/settings'
import { useSettings } from '../stores/settings.ts'

/** Whose money is traded; settings are there before any screen is. */
export const useMode = (): Mode => useSettings(({ view }) => view?.settings.mode ?? 'demo')
