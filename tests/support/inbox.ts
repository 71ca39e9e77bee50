/** Collects what arrives, and lets a test wait for the item it expects. */
export class Inbox<T> {
  readonly items: T[] = []
  readonly #waiting = new Set<(item: T) => void>()

  /** Called with every item before anyone waiting for it. */
  onAdd: (item: T) => void = () => {}

  add(item: T): void {
    this.items.push(item)
    this.onAdd(item)
    for (const look of this.#waiting) look(item)
  }

  /** The first matching item, already here or still to come; the test's own timeout ends the wait. */
  async until<Found extends T = T>(fits: (item: T) => boolean, from = 0): Promise<Found> {
    const here = this.items.slice(from).find(fits)
    if (here !== undefined) return here as Found
    return await new Promise<Found>((resolve) => {
      const look = (item: T): void => {
        if (!fits(item)) return
        this.#waiting.delete(look)
        resolve(item as Found)
      }
      this.#waiting.add(look)
    })
  }

  /** Resolves when there are this many. */
  async count(wanted: number): Promise<readonly T[]> {
    if (this.items.length < wanted) await this.until(() => this.items.length >= wanted, this.items.length)
    return this.items
  }
}
