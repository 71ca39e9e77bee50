import { channelLists, type ChannelLists } from './channels.ts'
import type { WireObject } from './wire.ts'

/** What the market-data stream says about itself, always alone in its frame. */
export type ControlMessage =
  | { readonly kind: 'connected' }
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'subscription'; readonly channels: ChannelLists }
  | { readonly kind: 'error'; readonly code: number; readonly message: string }

/** True for what the stream says about itself, rather than about the market. */
export const isControl = ({ T }: WireObject): boolean =>
  T === 'success' || T === 'error' || T === 'subscription'

/** Reads a control message, or undefined where it makes no sense. */
export function readControl(raw: WireObject): ControlMessage | undefined {
  const { T, msg, code } = raw
  if (T === 'subscription') return { kind: 'subscription', channels: channelLists(raw) }
  if (T === 'success' && (msg === 'connected' || msg === 'authenticated')) return { kind: msg }
  if (T === 'error' && typeof code === 'number') {
    return { kind: 'error', code, message: typeof msg === 'string' ? msg : '' }
  }
  return undefined
}
