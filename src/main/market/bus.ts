/** Passes each event to its subscribers, immediately and in order of subscription. */
export interface Bus<Events> {
  publish<K extends keyof Events>(name: K, event: Events[K]): void
  /** Calls `listener` for every later event of that name; returns a function that stops it. */
  subscribe<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): () => void
}

/**
 * Creates the one event bus between the parts of main, the counterpart of the plan's PubSub. A listener that
 * throws is reported to `onFailure`; the others still get the event.
 */
export function createBus<Events>(onFailure: (name: keyof Events, cause: unknown) => void): Bus<Events> {
  type Listeners = { readonly [K in keyof Events]?: readonly ((event: Events[K]) => void)[] }
  // Lists are replaced, never mutated, so that listeners may be added or removed during a publish.
  let listeners: Listeners = {}

  return {
    publish(name, event) {
      const told = listeners[name]
      if (told === undefined) return
      for (const listener of told) {
        try {
          listener(event)
        } catch (cause) {
          onFailure(name, cause)
        }
      }
    },
    subscribe(name, listener) {
      const own: typeof listener = (event) => listener(event) // of two equal listeners only one is stopped
      listeners = { ...listeners, [name]: [...(listeners[name] ?? []), own] }
      return () => {
        listeners = { ...listeners, [name]: listeners[name]?.filter((other) => other !== own) }
      }
    },
  }
}
