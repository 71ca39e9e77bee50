import { create } from 'zustand'

interface Announcements {
  /** Read when the reader comes to rest. */
  readonly polite: string
  /** Read at once. */
  readonly assertive: string
}

/** What a screen reader is told besides what it finds on the page. */
export const useAnnouncements = create<Announcements>(() => ({ polite: '', assertive: '' }))

/** U+200B at the end of every second text makes the same words new, so that they are read again. */
const renewed = (before: string, text: string) => (before === text ? `${text}\u200b` : text)

/** Tells something that was asked for, or that can wait. */
export const announce = (text: string): void =>
  useAnnouncements.setState(({ polite }) => ({ polite: renewed(polite, text) }))

/** Tells something that cannot wait, such as a halt. */
export const alarm = (text: string): void =>
  useAnnouncements.setState(({ assertive }) => ({ assertive: renewed(assertive, text) }))
