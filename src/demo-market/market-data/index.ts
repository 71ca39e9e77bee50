import type { Route } from '../server/index.ts'
import { corporateActionRoutes } from './corporate-action-routes.ts'
import { historyRoutes } from './history-routes.ts'
import { latestRoutes } from './latest-routes.ts'
import { metaRoutes } from './meta-routes.ts'
import type { MarketDataSources } from './sources.ts'

/** The REST side of Alpaca's market data: `/v2/stocks/...` and `/v1/corporate-actions`. */
export const marketDataRoutes = (sources: MarketDataSources): readonly Route[] => [
  ...latestRoutes(sources),
  ...historyRoutes(sources),
  ...corporateActionRoutes(sources),
  ...metaRoutes,
]
