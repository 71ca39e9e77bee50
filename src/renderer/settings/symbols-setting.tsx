import { useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { DEFAULT_SYMBOLS, type SettingsView } from '#shared/settings'
import type { StockSymbol } from '#shared/units'
import { saveWithUndo } from '../app/save-with-undo.ts'
import { Button } from '../ui/button.tsx'
import { CONTROL, describedBy, Field } from '../ui/field.tsx'
import { SymbolChips } from '../ui/symbol-chips.tsx'
import { describeBadSymbols, readSymbolList, withSymbols } from '#shared/symbol-list'
import { listedSymbols } from '#shared/watchlists'

const ID = 'setting-symbols'

/**
 * The watchlist as chips. What is typed or pasted is added on Enter, comma, or when the field loses focus.
 */
export function SymbolsSetting({ view }: { readonly view: SettingsView }) {
  const { symbols } = view.settings
  const [draft, setDraft] = useState('')
  const [error, setError] = useState<string>()
  const fixedBy = view.fixed.symbols

  const save = async (next: readonly StockSymbol[], done: string) => {
    const read = listedSymbols.safeParse(next)
    if (!read.success) return setError(`The list ${read.error.issues[0]?.message ?? 'is not valid'}.`)
    const refused = await saveWithUndo('symbols', read.data, done)
    if (refused !== undefined) setError(refused)
  }

  const add = (text: string) => {
    const read = readSymbolList(text)
    setDraft(read.bad.join(', '))
    setError(read.bad.length > 0 ? describeBadSymbols(read.bad) : undefined)
    const fresh = read.symbols.filter((symbol) => !symbols.includes(symbol))
    if (fresh.length > 0) void save(withSymbols(symbols, fresh), `Added ${fresh.join(', ')}`)
  }

  const remove = (symbol: StockSymbol) => {
    setError(undefined)
    void save(
      symbols.filter((other) => other !== symbol),
      `Removed ${symbol}`,
    )
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const last = symbols.at(-1)
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault()
      add(draft)
    } else if (event.key === 'Backspace' && draft === '' && last !== undefined) {
      remove(last)
    }
  }

  const onPaste = (event: ClipboardEvent) => {
    event.preventDefault()
    add(`${draft} ${event.clipboardData.getData('text')}`)
  }

  return (
    <Field
      label="Symbols"
      htmlFor={ID}
      hint={`Your watch list, ${symbols.length} of at most 200. Paste a list such as “aapl, tsla”.`}
      error={error}
      fixedBy={fixedBy}
    >
      <SymbolChips
        label="Watch list"
        symbols={symbols}
        onRemove={fixedBy === undefined ? remove : undefined}
      />
      <div className="flex gap-2">
        <input
          id={ID}
          type="text"
          value={draft}
          placeholder="Add symbols"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="characters"
          disabled={fixedBy !== undefined}
          aria-invalid={error !== undefined}
          aria-describedby={describedBy(ID)}
          onChange={({ target }) => {
            setDraft(target.value)
            setError(undefined)
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => draft.trim() !== '' && add(draft)}
          className={CONTROL}
        />
        {fixedBy === undefined && (
          <Button onClick={() => void save(DEFAULT_SYMBOLS, 'The default list is back')}>Default list</Button>
        )}
      </div>
    </Field>
  )
}
