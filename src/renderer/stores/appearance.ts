import { create } from 'zustand'
import type { Settings } from '#shared/settings'
import { useSettings } from './settings.ts'

interface Appearance {
  readonly theme: 'light' | 'dark'
  readonly palette: Settings['palette']
}

const systemIsDark = matchMedia('(prefers-color-scheme: dark)')

function wanted(): Appearance {
  const settings = useSettings.getState().view?.settings
  const theme = settings?.theme ?? 'system'
  return {
    theme: theme === 'system' ? (systemIsDark.matches ? 'dark' : 'light') : theme,
    palette: settings?.palette ?? 'classic',
  }
}

/** The theme and palette currently shown. Written by {@link followAppearance} alone. */
export const useAppearance = create<Appearance>(wanted)

/** Applies the theme and palette from the settings and follows the system's; returns its stop. */
export function followAppearance(): () => void {
  const dress = () => {
    const appearance = wanted()
    document.documentElement.dataset['theme'] = appearance.theme
    document.documentElement.dataset['palette'] = appearance.palette
    useAppearance.setState(appearance)
  }
  dress()
  const stopSettings = useSettings.subscribe(dress)
  systemIsDark.addEventListener('change', dress)
  return () => {
    stopSettings()
    systemIsDark.removeEventListener('change', dress)
  }
}
