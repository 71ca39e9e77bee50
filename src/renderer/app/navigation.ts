import { create } from 'zustand'

/** What lies over the screen. */
type Overlay = 'palette' | 'keys' | 'release'

interface Navigation {
  /** The id of the screen that is shown. */
  readonly screen: string
  readonly overlay?: Overlay | undefined
}

/** Which screen is shown, and what lies over it. */
export const useNavigation = create<Navigation>(() => ({ screen: 'market' }))

export const showScreen = (screen: string): void => useNavigation.setState({ screen, overlay: undefined })

/** Opens what lies over the screen, or closes it when it is open. */
export const toggleOverlay = (overlay: Overlay): void =>
  useNavigation.setState((now) => ({ overlay: now.overlay === overlay ? undefined : overlay }))

export const closeOverlay = (): void => useNavigation.setState({ overlay: undefined })
