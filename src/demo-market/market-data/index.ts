import type { Route } from '../server/index.ts'
import { historyRoutes } from './history-routes.ts'
import { latestRoutes } from './latest-routes.ts'
import { metaRoutes } from './meta-routes.ts'
import type { MarketDataSources } from './sources.ts'

/** The REST side of Alpaca's market data: `/v2/stocks/...`. */
export const marketDataRoutes = (sources: MarketDataSources): readonly Route[] => [
  ...latestRoutes(sources),
  ...historyRoutes(sources),
  ...metaRoutes,
]
