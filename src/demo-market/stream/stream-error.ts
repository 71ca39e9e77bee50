/** Alpaca's messages for its stream's error codes. Source: Alpaca API, "WebSocket Stream", errors. */
const MESSAGES = {
  400: 'invalid syntax',
  401: 'not authenticated',
  402: 'auth failed',
  403: 'already authenticated',
  404: 'auth timeout',
  405: 'symbol limit exceeded',
  406: 'connection limit exceeded',
  407: 'slow client',
  409: 'insufficient subscription',
  410: 'invalid subscribe action for this feed',
  500: 'internal error',
} as const
export type StreamErrorCode = keyof typeof MESSAGES

export const errorMessage = (code: StreamErrorCode): string =>
  JSON.stringify({ T: 'error', code, msg: MESSAGES[code] })
