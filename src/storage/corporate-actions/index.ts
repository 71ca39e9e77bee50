/** Splits, symbol changes and dividends: asked for from Alpaca, kept with their terms, read by symbol. */
export { actionRequests, askActions, FIRST_ACTION_DAY, type ActionSource } from './ask.ts'
export {
  actionsRequest,
  answeredActions,
  keepActions,
  readActions,
  readLoadedSymbols,
  type KeptAction,
} from './kept.ts'
