import { channelLists, type ChannelLists } from './channels.ts'
import type { WireObject } from './wire.ts'

/** A message of the market-data stream about itself, always alone in its frame. */
export type ControlMessage =
  | { readonly kind: 'connected' }
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'subscription'; readonly channels: ChannelLists }
  | { readonly kind: 'error'; readonly code: number; readonly message: string }

/** True for messages about the stream itself, rather than the market. */
export const isControl = ({ T }: WireObject): boolean =>
  T === 'success' || T === 'error' || T === 'subscription'

/** Reads a control message; undefined if it is invalid. */
export function readControl(raw: WireObject): ControlMessage | undefined {
  const { T, msg, code } = raw
  if (T === 'subscription') return { kind: 'subscription', channels: channelLists(raw) }
  if (T === 'success' && (msg === 'connected' || msg === 'authenticated')) return { kind: msg }
  if (T === 'error' && typeof code === 'number') {
    return { kind: 'error', code, message: typeof msg === 'string' ? msg : '' }
  }
  return undefined
}
