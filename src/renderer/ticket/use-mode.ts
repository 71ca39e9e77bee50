import type { Mode } from '#shared/settings'
import { useSettings } from '../stores/settings.ts'

/** The mode being traded. Settings are loaded before any screen is shown. */
export const useMode = (): Mode => useSettings(({ view }) => view?.settings.mode ?? 'demo')
