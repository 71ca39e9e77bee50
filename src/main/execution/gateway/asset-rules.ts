import type { StockSymbol } from '#shared/units'
import type { Asset } from '#alpaca'
import type { Log } from '#process/log'
import { assetPermissions, type AssetPermissions } from '../../risk/index.ts'

/** What Alpaca allows with each stock, once it is known. */
export class AssetRules {
  #rules: ReadonlyMap<string, AssetPermissions> | undefined

  /** Nothing of a symbol that is not listed; `unknown` while the list is not there. */
  rulesOf(symbol: StockSymbol): AssetPermissions | 'unknown' | undefined {
    return this.#rules === undefined ? 'unknown' : this.#rules.get(symbol)
  }

  get isKnown(): boolean {
    return this.#rules !== undefined
  }

  /** Takes the list; one that cannot be had, or is empty, leaves what was known. */
  async learn(assets: () => Promise<readonly Asset[]>, log: Log): Promise<void> {
    try {
      const list = await assets()
      if (list.length > 0) this.#rules = new Map(list.map((asset) => [asset.symbol, assetPermissions(asset)]))
    } catch (cause) {
      log.warn({ err: cause }, 'The list of assets could not be had; orders are checked without it')
    }
  }
}
