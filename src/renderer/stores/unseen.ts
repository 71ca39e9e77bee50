import { create } from 'zustand'

/** Keys of the fills and rejections since Orders was last shown. Those of one order count once. */
export const useUnseen = create<{ readonly keys: ReadonlySet<string> }>(() => ({ keys: new Set() }))

/** Counts a fill or rejection that the trader has not seen on Orders. */
export const countUnseen = (key: string): void =>
  useUnseen.setState(({ keys }) => (keys.has(key) ? { keys } : { keys: new Set([...keys, key]) }))

/** Orders is shown, so that nothing is unseen. */
export const markSeen = (): void =>
  useUnseen.setState(({ keys }) => (keys.size === 0 ? { keys } : { keys: new Set() }))
