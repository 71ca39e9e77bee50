import type { ComponentType, SVGProps } from 'react'
import type { Finder } from './type-ahead.ts'

/** Something that can be done by key and from the command palette. */
export interface Action {
  readonly id: string
  /** A command in words, such as "Choose columns". */
  readonly label: string
  /** Keys held together, joined by a plus: `Ctrl+K`, `/`. Ctrl stands for the Command key on a Mac. */
  readonly keys?: string
  readonly run: () => void
  /** Set if it sends or cancels: the palette tells what it will do, and does it at a second press alone. */
  readonly confirm?: { readonly describe: () => string; readonly run: () => void }
}

/** Keys that work in one place, besides those of the actions: what they do, and which they are. */
export interface KeyList {
  readonly title: string
  readonly lines: readonly (readonly [label: string, keys: string])[]
}

/**
 * A screen of the app. To add one, add an entry to screens.ts; rail, keys, palette and title follow from it.
 */
export interface Screen {
  readonly id: string
  /** In the rail. */
  readonly label: string
  /** In the window's title, before "· Signal". */
  readonly title: string
  readonly Icon: ComponentType<SVGProps<SVGSVGElement>>
  readonly keys: string
  /** Gives the focus to its main control, such as a table; its first control gets it if absent. */
  readonly focus?: () => void
  /** Actions available while this screen is shown. */
  readonly actions: readonly Action[]
  /** Keys that work within it. */
  readonly moreKeys?: KeyList
  /** The order ticket is shown beside it while open. */
  readonly trades?: true
  /** The rows that typed letters find. */
  readonly finder?: Finder
  readonly Content: ComponentType
}

/** A panel beside every screen that trades. */
export interface Side {
  readonly actions: readonly Action[]
  readonly moreKeys: KeyList
  readonly Content: ComponentType
}
