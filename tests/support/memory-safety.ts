import type { SafetyStore } from '../../src/main/execution/index.ts'

/** A safety file in memory: it outlives the engine, as the file does. */
export function memorySafety(): SafetyStore {
  let text: string | undefined
  return {
    read: () => (text === undefined ? { kind: 'absent' } : { kind: 'read', state: JSON.parse(text) }),
    write: (state) => {
      text = JSON.stringify(state)
    },
  }
}
