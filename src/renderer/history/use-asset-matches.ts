import { useEffect, useState } from 'react'
import type { AssetMatch } from '#shared/ipc/contract'
import { ask, signal } from '../stores/signal.ts'
import { describeFault } from '../ui/faults.ts'

/** What a search for stocks has come to. */
export type AssetSearch =
  | { readonly kind: 'idle' }
  | { readonly kind: 'searching' }
  | { readonly kind: 'found'; readonly text: string; readonly matches: readonly AssetMatch[] }
  | { readonly kind: 'failed'; readonly text: string }

/** Main is asked once typing has rested this long, ms. */
const REST_MS = 150

async function find(text: string): Promise<AssetSearch> {
  const answer = await ask(signal().history.findAssets({ text }))
  return answer.ok
    ? { kind: 'found', text, matches: answer.value }
    : { kind: 'failed', text: describeFault(answer.error) }
}

/**
 * Searches stocks by symbol or name as the trader types. Only the answer to the last text counts; until it is there,
 * what was found before stays in sight.
 */
export function useAssetMatches(text: string): AssetSearch {
  const [answer, setAnswer] = useState<AssetSearch>({ kind: 'searching' })
  const wanted = text.trim().slice(0, 60)
  useEffect(() => {
    if (wanted === '') return undefined
    let isLast = true
    const timer = setTimeout(() => void find(wanted).then((found) => isLast && setAnswer(found)), REST_MS)
    return () => {
      isLast = false
      clearTimeout(timer)
    }
  }, [wanted])
  return wanted === '' ? { kind: 'idle' } : answer
}
