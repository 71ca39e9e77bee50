import { create } from 'zustand'

/** What is open over the screen. */
type Overlay = 'palette' | 'keys' | 'release' | 'confirm-limits' | 'feed-stats'

interface Navigation {
  /** The id of the current screen. */
  readonly screen: string
  /** The title of the section to begin at, if not the first. */
  readonly section?: string | undefined
  readonly overlay?: Overlay | undefined
}

/** The current screen, and what is open over it. */
export const useNavigation = create<Navigation>(() => ({ screen: 'market' }))

/** Shows a screen, or brings one of its sections into view. */
export const showScreen = (screen: string, section?: string): void =>
  useNavigation.setState({ screen, section, overlay: undefined })

/** Opens something over the screen, or closes it if it is open. */
export const toggleOverlay = (overlay: Overlay): void =>
  useNavigation.setState((now) => ({ overlay: now.overlay === overlay ? undefined : overlay }))

export const closeOverlay = (): void => useNavigation.setState({ overlay: undefined })
