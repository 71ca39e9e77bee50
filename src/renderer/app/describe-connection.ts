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

/** The state of the link in a word; before main has told, it is still connecting. */
export const describeConnection = (status: Connection['status'] = 'connecting'): string => WORDS[status]

/** How that state is to be taken. */
export const connectionTone = (status: Connection['status'] = 'connecting'): Tone => TONES[status]
