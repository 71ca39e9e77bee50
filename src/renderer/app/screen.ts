import type { ComponentType, SVGProps } from 'react'

/** Something that can be done by key and from the command palette. */
export interface Action {
  readonly id: string
  /** An order in words, such as "Choose columns". */
  readonly label: string
  /** Keys held together, joined by a plus: `Ctrl+K`, `/`. Ctrl stands for the Command key on a Mac. */
  readonly keys?: string
  readonly run: () => void
}

/** Keys that work in one place, beside those of the actions: what they do, and which they are. */
export interface KeyList {
  readonly title: string
  readonly lines: readonly (readonly [label: string, keys: string])[]
}

/** A screen of the app. Adding one is an entry in screens.ts; rail, keys, palette and title follow from it. */
export interface Screen {
  readonly id: string
  /** In the rail. */
  readonly label: string
  /** In the window's title, before "· Signal". */
  readonly title: string
  readonly Icon: ComponentType<SVGProps<SVGSVGElement>>
  readonly keys: string
  /** What can be done while this screen is shown. */
  readonly actions: readonly Action[]
  /** Keys that work within it. */
  readonly moreKeys?: KeyList
  /** The order ticket stands beside it while that is open. */
  readonly trades?: true
  readonly Content: ComponentType
}

/** What stands beside every screen that trades. */
export interface Side {
  readonly actions: readonly Action[]
  readonly moreKeys: KeyList
  readonly Content: ComponentType
}
