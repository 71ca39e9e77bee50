import type { Connection } from '#shared/market'
import type { Tone } from '../ui/dot.tsx'

const WORDS: Record<Connection['status'], string> = {
  'not-configured': 'Not configured',
  connecting: 'Connecting',
  connected: 'Connected',
  reconnecting: 'Reconnecting',
  disconnected: 'Disconnected',
}

const TONES: Record<Connection['status'], Tone> = {
  'not-configured': 'off',
  connecting: 'warn',
  connected: 'good',
  reconnecting: 'warn',
  disconnected: 'bad',
}

/** The state of the connection in a word; before main has reported it, it is still connecting. */
export const describeConnection = (status: Connection['status'] = 'connecting'): string => WORDS[status]

/** How good or bad that state is. */
export const connectionTone = (status: Connection['status'] = 'connecting'): Tone => TONES[status]
