import { useState, type KeyboardEvent } from 'react'
import type { OrderView } from '#shared/trading/order'
import { useAudit } from '../stores/audit.ts'
import { useTrading } from '../stores/trading.ts'
import { classNames } from '../ui/class-names.ts'
import { CONTROL } from '../ui/field.tsx'
import { choose } from '../stores/audit-choice.ts'
import { suggestionsFor, type Suggestion } from './suggestions.ts'

/** The id of the field that the filter key focuses. */
export const FILTER_ID = 'audit-filter'
const LIST_ID = `${FILTER_ID}-list`
const optionId = (index: number) => `${LIST_ID}-${index}`

const NO_ORDERS: readonly OrderView[] = []

/** Finds a symbol, an order or a kind of event; Enter takes the marked one, at first the likeliest. */
export function SearchField() {
  const [text, setText] = useState('')
  const [marked, setMarked] = useState(0)
  const found = useSuggestions(text)
  const isOpen = text.trim() !== ''

  const leave = () => {
    setText('')
    setMarked(0)
  }
  const pick = ({ choice }: Suggestion) => {
    choose(choice)
    leave()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const suggestion = found[marked]
    if (step !== undefined && found.length > 0) setMarked((marked + step + found.length) % found.length)
    else if (event.key === 'Enter' && suggestion) pick(suggestion)
    else if (event.key === 'Escape') {
      leave()
      if (!isOpen) event.currentTarget.blur()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="relative w-60 min-w-36 max-sm:grow">
      <input
        id={FILTER_ID}
        type="text"
        role="combobox"
        aria-label="Symbol, order or event"
        aria-expanded={isOpen}
        aria-controls={LIST_ID}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && found.length > 0 ? optionId(marked) : undefined}
        placeholder="Symbol, order or event  /"
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => {
          setText(target.value)
          setMarked(0)
        }}
        onBlur={leave}
        onKeyDown={onKeyDown}
        className={classNames(CONTROL, 'h-7!')}
      />
      <div
        className={classNames(
          'absolute top-full left-0 z-30 mt-1 w-88 max-w-[90vw] overflow-hidden rounded-md bg-raised shadow-float',
          !isOpen && 'hidden',
        )}
      >
        <div
          role="listbox"
          id={LIST_ID}
          aria-label="Filters"
          className="max-h-[min(18rem,45vh)] overflow-y-auto p-1 empty:hidden"
        >
          {found.map((suggestion, index) => (
            <Option
              key={`${suggestion.about} ${suggestion.label}`}
              id={optionId(index)}
              suggestion={suggestion}
              isMarked={index === marked}
              onPick={pick}
            />
          ))}
        </div>
        <p role="status" className="px-3 py-2 text-xs text-soft empty:hidden">
          {isOpen && found.length === 0 && 'No matches'}
        </p>
      </div>
    </div>
  )
}

/** What the typed text may stand for, by what is known here: orders, positions and the events shown. */
function useSuggestions(text: string): readonly Suggestion[] {
  const types = useAudit((audit) => audit.types)
  const events = useAudit((audit) => audit.events)
  const orders = useTrading(({ trading }) => trading?.orders) ?? NO_ORDERS
  const positions = useTrading(({ trading }) => trading?.positions)
  if (text.trim() === '') return []
  const symbols = new Set([
    ...orders.map(({ symbol }) => symbol),
    ...(positions ?? []).map(({ symbol }) => symbol),
    ...(events ?? []).flatMap(({ symbol }) => symbol ?? []),
  ])
  return suggestionsFor(text, { symbols: [...symbols], orders, types })
}

interface OptionProps {
  readonly id: string
  readonly suggestion: Suggestion
  readonly isMarked: boolean
  readonly onPick: (suggestion: Suggestion) => void
}

function Option({ id, suggestion, isMarked, onPick }: OptionProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the focus and the keys
    <div
      id={id}
      role="option"
      aria-selected={isMarked}
      // Before the field loses the focus, which would close the list.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onPick(suggestion)}
      className={classNames(
        'flex cursor-pointer items-baseline gap-2 rounded-sm px-2 py-1 hover:bg-hover',
        isMarked && 'bg-hover shadow-[inset_2px_0_var(--accent)]',
      )}
    >
      <span className="min-w-0 grow truncate font-medium">{suggestion.label}</span>
      <span className="max-w-40 shrink-0 truncate text-2xs text-muted">{suggestion.about}</span>
    </div>
  )
}
