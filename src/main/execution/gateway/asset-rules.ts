import type { StockSymbol } from '#shared/units'
import type { Asset } from '#alpaca'
import type { Log } from '#process/log'
import { assetPermissions, type AssetPermissions } from '../../risk/index.ts'

/** What Alpaca allows for each stock, once known. */
export class AssetRules {
  #rules: ReadonlyMap<string, AssetPermissions> | undefined

  /** The rules of a symbol; nothing if it is not listed, `unknown` until the list has arrived. */
  rulesOf(symbol: StockSymbol): AssetPermissions | 'unknown' | undefined {
    return this.#rules === undefined ? 'unknown' : this.#rules.get(symbol)
  }

  get isKnown(): boolean {
    return this.#rules !== undefined
  }

  /** Loads the list; if that fails or the list is empty, keeps the previous one. */
  async learn(assets: () => Promise<readonly Asset[]>, log: Log): Promise<void> {
    try {
      const list = await assets()
      if (list.length > 0) this.#rules = new Map(list.map((asset) => [asset.symbol, assetPermissions(asset)]))
    } catch (cause) {
      log.warn({ err: cause }, 'The list of assets could not be loaded; orders are checked without it')
    }
  }
}
