/** Signal's Alpaca library: configuration, REST client, market-data stream, order-update stream. See README.md. */
export type {
  Account,
  Fill,
  FillsRequest,
  PortfolioHistory,
  PortfolioHistoryRequest,
  Position,
} from './account.ts'
export type { HistoricalBar } from './bar.ts'
export type { BarsPage, BarsRequest, RejectedBar } from './bars.ts'
export { CHANNELS, type Channel, type ChannelLists } from './channels.ts'
export { AlpacaClient } from './client.ts'
export {
  readCorporateAction,
  type CorporateAction,
  type CorporateActionsRequest,
  type CorporateActionType,
} from './corporate-actions.ts'
export {
  alpacaConfig,
  AlpacaConfigError,
  hasCredentials,
  type AlpacaConfig,
  type ConfigSource,
  type StreamFeed,
} from './config.ts'
export { AlpacaError, type AlpacaErrorKind } from './error.ts'
export { foreignHost, foreignHosts } from './hosts.ts'
export type { LatestFeed, Snapshot } from './latest.ts'
export type { Listing, UnreadableRow } from './listing.ts'
export type { AlpacaLog } from './log.ts'
export type { ClientOptions, LatestOptions } from './market-data-client.ts'
export { MarketDataStream, type MarketDataHandlers, type ReceivedCounts } from './market-data-stream.ts'
export type * from './messages.ts'
export type {
  Amount,
  BulkResult,
  Order,
  ReplaceRequest,
  AlpacaOrderClass,
  OrderRequest,
  AlpacaOrderSide,
  OrdersRequest,
  OrderStatus,
  AlpacaOrderType,
  OrUnknown,
  PositionIntent,
  AlpacaTimeInForce,
} from './orders.ts'
export type { RateLimit } from './rate-limiter.ts'
export type { Asset, AssetsRequest, CalendarDay, CalendarRequest, MarketClock } from './reference.ts'
export { STREAM_TIMING, type StreamOptions, type StreamTiming } from './stream-socket.ts'
export type { TradeEvent, TradeUpdateMessage } from './trade-update.ts'
export { TradeUpdatesStream, type TradeUpdatesHandlers } from './trade-updates-stream.ts'
export { nanosOf } from './time.ts'
export type { CallOptions } from './transport.ts'
export type { MalformedKind } from './wire.ts'
