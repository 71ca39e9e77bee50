/** Hands each event to everyone who asked for it, at once and in the order of subscription. */
export interface Bus<Events> {
  publish<K extends keyof Events>(name: K, event: Events[K]): void
  /** Calls `listener` for every event of that name from now on; returns what stops it. */
  subscribe<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): () => void
}

/**
 * The one bus of events between the parts of main, the counterpart of the plan's PubSub. A listener that throws is
 * reported to `onFailure`; the others hear the event all the same.
 */
export function createBus<Events>(onFailure: (name: keyof Events, cause: unknown) => void): Bus<Events> {
  type Listeners = { readonly [K in keyof Events]?: readonly ((event: Events[K]) => void)[] }
  // Lists are replaced, never changed, so that one may subscribe or stop while an event is being told.
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
      const own: typeof listener = (event) => listener(event) // stopping one of two equal listeners stops that one
      listeners = { ...listeners, [name]: [...(listeners[name] ?? []), own] }
      return () => {
        listeners = { ...listeners, [name]: listeners[name]?.filter((other) => other !== own) }
      }
    },
  }
}
