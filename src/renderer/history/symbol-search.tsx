import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import type { AssetMatch } from '#shared/ipc/contract'
import { classNames } from '../ui/class-names.ts'
import { CONTROL, describedBy } from '../ui/field.tsx'
import { useAssetMatches, type AssetSearch } from './use-asset-matches.ts'

/** The id of the search field. */
export const SEARCH_ID = 'history-symbols'
const LIST_ID = `${SEARCH_ID}-list`
const optionId = (index: number) => `${LIST_ID}-${index}`

interface Props {
  readonly invalid: boolean
  /**
   * Adds what was typed, pasted or picked; answers the words that are not symbols, which stay in the field.
   */
  readonly onAdd: (text: string) => string
  readonly onType: () => void
  readonly onBackspace: () => void
}

/** A field that finds stocks by symbol or name. Enter takes the highlighted one, or else what is typed. */
export function SymbolSearch({ invalid, onAdd, onType, onBackspace }: Props) {
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [marked, setMarked] = useState(-1)
  const isList = /[\s,;]\S/.test(text.trim())
  const search = useAssetMatches(isList ? '' : text)
  const matches = search.kind === 'found' ? search.matches : []
  const isOpen = open && search.kind !== 'idle'

  const add = (given: string) => {
    setText(onAdd(given))
    setMarked(-1)
    setOpen(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && matches.length > 0) {
      event.preventDefault()
      setOpen(true)
      setMarked((at) => (at + step + matches.length + (at < 0 && step < 0 ? 1 : 0)) % matches.length)
    } else if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault()
      if (text.trim() !== '') add((isOpen && matches[marked]?.symbol) || text)
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault()
      setOpen(false)
    } else if (event.key === 'Backspace' && text === '') onBackspace()
  }
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text')
    if (!/[\s,;]/.test(pasted.trim())) return
    event.preventDefault()
    add(`${text} ${pasted}`)
  }

  return (
    <div className="relative max-w-110">
      <input
        id={SEARCH_ID}
        type="text"
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={LIST_ID}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && marked >= 0 ? optionId(marked) : undefined}
        aria-invalid={invalid}
        aria-describedby={describedBy(SEARCH_ID)}
        placeholder="Search by symbol or name, or paste a list"
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => {
          setText(target.value)
          setMarked(-1)
          setOpen(true)
          onType()
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        className={CONTROL}
      />
      <Matches search={search} open={isOpen} marked={marked} onPick={(symbol) => add(symbol)} />
    </div>
  )
}

interface MatchesProps {
  readonly search: AssetSearch
  readonly open: boolean
  readonly marked: number
  readonly onPick: (symbol: string) => void
}

function Matches({ search, open, marked, onPick }: MatchesProps) {
  const matches = search.kind === 'found' ? search.matches : []
  const box = useRef<HTMLDivElement>(null)
  // In a low window the list would open below the bottom edge.
  useEffect(() => {
    if (open) box.current?.scrollIntoView({ block: 'nearest' })
  }, [open, search])
  return (
    <div
      ref={box}
      className={classNames(
        'absolute inset-x-0 top-full z-20 mt-1 overflow-hidden rounded-md bg-raised shadow-float',
        !open && 'hidden',
      )}
    >
      <div
        role="listbox"
        id={LIST_ID}
        aria-label="Stocks"
        className="max-h-64 overflow-y-auto p-1 empty:hidden"
      >
        {matches.map((match, index) => (
          <Match
            key={match.symbol}
            id={optionId(index)}
            match={match}
            marked={index === marked}
            onPick={onPick}
          />
        ))}
      </div>
      <p role="status" className="px-3 py-2 text-xs text-soft empty:hidden">
        {open && describeSearch(search)}
      </p>
    </div>
  )
}

function describeSearch(search: AssetSearch): string | undefined {
  if (search.kind === 'searching') return 'Searching the list of stocks.'
  if (search.kind === 'failed') return `${search.text} A symbol can be typed all the same: Enter adds it.`
  if (search.kind === 'found' && search.matches.length === 0) {
    return `No stock has “${search.text}” in its symbol or name. Enter adds it as it is.`
  }
  return undefined
}

interface MatchProps {
  readonly id: string
  readonly match: AssetMatch
  readonly marked: boolean
  readonly onPick: (symbol: string) => void
}

function Match({ id, match: { symbol, name, exchange }, marked, onPick }: MatchProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the focus and the keys
    <div
      id={id}
      role="option"
      aria-selected={marked}
      // Before the field loses the focus, which would close the list.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onPick(symbol)}
      className={classNames(
        'flex cursor-pointer items-baseline gap-2 rounded-sm px-2 py-1 hover:bg-hover',
        marked && 'bg-hover shadow-[inset_2px_0_var(--accent)]',
      )}
    >
      <span className="w-14 shrink-0 font-medium">{symbol}</span>
      <span className="min-w-0 grow truncate text-soft">{name}</span>
      <span className="shrink-0 text-2xs text-muted">{exchange}</span>
    </div>
  )
}
