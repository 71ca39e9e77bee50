import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import type { AssetMatch } from '#shared/ipc/contract'
import { classNames } from '../ui/class-names.ts'
import { CONTROL, describedBy } from '../ui/field.tsx'
import { useAssetMatches, type AssetSearch } from '../stores/asset-matches.ts'

interface Props {
  readonly id: string
  /** The field's name, if no label element names it. */
  readonly label?: string
  /** What is in the field at first. */
  readonly initial?: string
  /** The list is part of the page below the field, in place of floating over it. */
  readonly inline?: boolean
  readonly invalid: boolean
  readonly disabled?: boolean
  /** What Enter does with a text that nothing matches. */
  readonly noMatch: string
  /**
   * Adds what was typed, pasted or picked; answers the words that are refused, which stay in the field. `more`: the
   * trader goes on adding, with Shift+Enter.
   */
  readonly onAdd: (text: string, more: boolean) => string | Promise<string>
  readonly onType: () => void
  readonly onBackspace?: () => void
}

/** Whether a text is several symbols, in place of one symbol or a name of several words. */
const isList = (text: string): boolean => /[,;\n\t]\s*\S/.test(text.trim())

/**
 * A field that finds stocks by symbol or name. Enter takes the highlighted one, or else what is typed; of a text of
 * several words the first match is highlighted, since it is a name then.
 */
export function SymbolSearch(props: Props) {
  const {
    id,
    label,
    initial = '',
    inline = false,
    disabled = false,
    invalid,
    noMatch,
    onAdd,
    onType,
    onBackspace,
  } = props
  const [text, setText] = useState(initial)
  const [open, setOpen] = useState(inline)
  const [chosen, setChosen] = useState(-1)
  const search = useAssetMatches(isList(text) ? '' : text)
  const matches = search.kind === 'found' ? search.matches : []
  const isOpen = open && search.kind !== 'idle'
  // Results of an earlier text stay visible for a moment, and must not be taken for this one.
  const isName = /\S\s+\S/.test(text) && search.kind === 'found' && search.text === text.trim()
  const marked = chosen < 0 && isName && matches.length > 0 ? 0 : chosen
  const listId = `${id}-list`

  const add = async (given: string, more: boolean) => {
    setChosen(-1)
    setOpen(inline)
    const left = await onAdd(given, more)
    setText((now) => (now === text ? left : now))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && matches.length > 0) {
      event.preventDefault()
      setOpen(true)
      setChosen((marked + step + matches.length + (marked < 0 && step < 0 ? 1 : 0)) % matches.length)
    } else if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault()
      if (text.trim() !== '') void add((isOpen && matches[marked]?.symbol) || text, event.shiftKey)
    } else if (event.key === 'Escape' && isOpen && !inline) {
      event.preventDefault()
      setOpen(false)
    } else if (event.key === 'Backspace' && text === '') onBackspace?.()
  }
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text')
    if (!/[\s,;]/.test(pasted.trim())) return
    event.preventDefault()
    void add(`${text} ${pasted}`, false)
  }

  return (
    <div className={inline ? '' : 'relative max-w-110'}>
      <input
        id={id}
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && marked >= 0 ? `${listId}-${marked}` : undefined}
        aria-invalid={invalid}
        disabled={disabled}
        aria-describedby={describedBy(id)}
        placeholder="Symbol or name, or paste a list"
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => {
          setText(target.value)
          setChosen(-1)
          setOpen(true)
          onType()
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(inline)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        className={CONTROL}
      />
      <Matches
        id={listId}
        search={search}
        open={isOpen}
        inline={inline}
        marked={marked}
        noMatch={noMatch}
        onPick={(symbol, more) => void add(symbol, more)}
      />
    </div>
  )
}

interface MatchesProps extends Pick<Props, 'noMatch'> {
  readonly id: string
  readonly search: AssetSearch
  readonly open: boolean
  readonly inline: boolean
  readonly marked: number
  readonly onPick: (symbol: string, more: boolean) => void
}

function Matches({ id, search, open, inline, marked, noMatch, onPick }: MatchesProps) {
  const matches = search.kind === 'found' ? search.matches : []
  const box = useRef<HTMLDivElement>(null)
  // In a low window the list would open below the bottom edge.
  useEffect(() => {
    if (open && !inline) box.current?.scrollIntoView({ block: 'nearest' })
  }, [open, inline, search])
  useEffect(() => {
    document.getElementById(`${id}-${marked}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, marked])
  return (
    <div
      ref={box}
      className={classNames(
        !inline && 'absolute inset-x-0 top-full z-20 mt-1 overflow-hidden rounded-md bg-raised shadow-float',
        !open && 'hidden',
      )}
    >
      <div role="listbox" id={id} aria-label="Stocks" className="max-h-64 overflow-y-auto p-1 empty:hidden">
        {matches.map((match, index) => (
          <Match
            key={match.symbol}
            id={`${id}-${index}`}
            match={match}
            marked={index === marked}
            onPick={onPick}
          />
        ))}
      </div>
      <p role="status" className="px-3 py-2 text-xs text-soft empty:hidden">
        {open && describeSearch(search, noMatch)}
      </p>
    </div>
  )
}

function describeSearch(search: AssetSearch, noMatch: string): string | undefined {
  if (search.kind === 'searching') return 'Searching…'
  if (search.kind === 'failed') return `${search.text} Press Enter to add it anyway.`
  return search.kind === 'found' && search.matches.length === 0 ? noMatch : undefined
}

interface MatchProps {
  readonly id: string
  readonly match: AssetMatch
  readonly marked: boolean
  readonly onPick: (symbol: string, more: boolean) => void
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
      onClick={({ shiftKey }) => onPick(symbol, shiftKey)}
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
