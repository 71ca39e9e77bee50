/**
 * What a function that runs in the page finds there. The tests themselves run in Node, so they are checked
 * without a browser's types.
 */
export interface PageGlobals {
  readonly innerWidth: number
  readonly document: PageDocument
  readonly getComputedStyle: (element: PageElement) => {
    readonly color: string
    readonly backgroundColor: string
    readonly outlineStyle: string
    readonly outlineWidth: string
  }
}

export interface PageElement {
  readonly textContent: string | null
  readonly tagName: string
  readonly clientWidth: number
  readonly scrollWidth: number
  getAttribute(name: string): string | null
  querySelector(selector: string): PageElement | null
  getBoundingClientRect(): { readonly left: number; readonly right: number; readonly width: number }
}

interface PageDocument {
  readonly documentElement: PageElement
  readonly body: PageElement
  querySelectorAll(selector: string): Iterable<PageElement>
}

/** Red, green and blue, 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number]

/** Reads a color from getComputedStyle. */
export function readColor(text: string): Color {
  const [red = 0, green = 0, blue = 0] = text.match(/\d+/g)?.map(Number) ?? []
  return [red, green, blue]
}
