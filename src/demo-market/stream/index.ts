/** The market-data stream: `/v2/{iex,sip,delayed_sip,test}`. */
export { STREAM_FEEDS, type StreamFeed } from './messages.ts'
export { StreamServer } from './stream-server.ts'
