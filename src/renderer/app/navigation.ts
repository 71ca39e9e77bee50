import { create } from 'zustand'

/** What is open over the screen. */
type Overlay = 'palette' | 'keys' | 'release' | 'confirm-limits' | 'feed-stats'

interface Navigation {
  /** The id of the current screen; one that does not exist stands for the first. */
  readonly screen: string
  /** How often a screen was asked for since the window was loaded. */
  readonly asked: number
  /** The title of the section to begin at, if not the first. */
  readonly section?: string | undefined
  readonly overlay?: Overlay | undefined
}

/** The screen last shown, stored in this window under a versioned key. */
const KEY = 'signal.screen.v1'

/** The current screen, and what is open over it. A window begins with the screen it showed last. */
export const useNavigation = create<Navigation>(() => ({ screen: localStorage.getItem(KEY) ?? '', asked: 0 }))

/** Shows a screen, or brings one of its sections into view. */
export function showScreen(screen: string, section?: string): void {
  localStorage.setItem(KEY, screen)
  useNavigation.setState(({ asked }) => ({ screen, asked: asked + 1, section, overlay: undefined }))
}

/** Opens something over the screen, or closes it if it is open. */
export const toggleOverlay = (overlay: Overlay): void =>
  useNavigation.setState((now) => ({ overlay: now.overlay === overlay ? undefined : overlay }))

export const closeOverlay = (): void => useNavigation.setState({ overlay: undefined })
