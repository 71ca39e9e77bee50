import { create } from 'zustand'

interface Announcements {
  /** Read when the screen reader pauses. */
  readonly polite: string
  /** Read immediately. */
  readonly assertive: string
}

/** Announcements for screen readers beyond what is on the page. */
export const useAnnouncements = create<Announcements>(() => ({ polite: '', assertive: '' }))

/** Makes the same text count as new, so that it is read again: every second time it ends with U+200B. */
const renewed = (before: string, text: string) => (before === text ? `${text}\u200b` : text)

/** Announces something that was requested or that can wait. */
export const announce = (text: string): void =>
  useAnnouncements.setState(({ polite }) => ({ polite: renewed(polite, text) }))

/** Announces something that cannot wait, such as a halt. */
export const alarm = (text: string): void =>
  useAnnouncements.setState(({ assertive }) => ({ assertive: renewed(assertive, text) }))
