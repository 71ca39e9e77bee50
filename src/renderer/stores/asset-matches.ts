import { useEffect, useState } from 'react'
import type { AssetMatch } from '#shared/ipc/contract'
import { ask, signal } from './signal.ts'
import { describeFault } from '../ui/faults.ts'

/** State of a search for stocks. */
export type AssetSearch =
  | { readonly kind: 'idle' }
  | { readonly kind: 'searching' }
  | { readonly kind: 'found'; readonly text: string; readonly matches: readonly AssetMatch[] }
  | { readonly kind: 'failed'; readonly text: string }

/** How long typing must pause before main is asked, ms. */
const REST_MS = 150

async function find(text: string): Promise<AssetSearch> {
  const answer = await ask(signal().history.findAssets({ text }))
  return answer.ok
    ? { kind: 'found', text, matches: answer.value }
    : { kind: 'failed', text: describeFault(answer.error) }
}

/**
 * Searches stocks by symbol or name as the trader types. Only the answer to the last text counts; until it
 * arrives, earlier results stay visible.
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
