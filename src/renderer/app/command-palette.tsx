import { Command } from 'cmdk'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import type { StockSymbol } from '#shared/units'
import { alarm } from '../stores/announcer.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Keys } from '../ui/keys.tsx'
import { closeOverlay, showScreen } from './navigation.ts'
import { matchingActions, matchingSymbols } from './palette-matches.ts'
import type { Action, Screen } from './screen.ts'

interface Props {
  readonly actions: readonly Action[]
  /** The screen whose rows are found too. */
  readonly home?: Screen
}

/** Shows the row of a symbol. */
function goTo(symbol: StockSymbol, { id, finder }: Screen): void {
  flushSync(() => showScreen(id))
  finder?.show(symbol)
}

/** Finds a symbol or a command by its first letters. What sends or cancels is done at a second press alone. */
export function CommandPalette({ actions, home }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [selected, setSelected] = useState('')
  const [armed, setArmed] = useState<string>()
  // Chromium 114 would focus the first box of the dialog, which takes no text.
  useEffect(() => input.current?.focus(), [])
  const symbols = home ? matchingSymbols(text, home.finder?.symbols() ?? []) : []
  const commands = matchingActions(text, actions)
  const first = symbols[0] ?? commands[0]?.label ?? ''
  const isThere =
    symbols.some((symbol) => symbol === selected) || commands.some(({ label }) => label === selected)

  const choose = ({ label, run, confirm }: Action) => {
    if (confirm && armed !== label) {
      setArmed(label)
      return alarm(`Press Enter again to ${confirm.describe()}`)
    }
    closeOverlay()
    ;(confirm?.run ?? run)()
  }

  return (
    <Dialog title="Search commands" hideTitle onClose={closeOverlay} className="mt-[12vh] max-w-130">
      <Command
        label="Commands"
        loop
        shouldFilter={false}
        value={isThere ? selected : first}
        onValueChange={(value) => {
          setSelected(value)
          setArmed(undefined)
        }}
        onKeyDown={(event) => event.key === 'Enter' && event.repeat && event.preventDefault()}
      >
        <Command.Input
          ref={input}
          value={text}
          onValueChange={(value) => {
            setText(value)
            setSelected('')
            setArmed(undefined)
          }}
          placeholder="Type a command or symbol"
          className="h-11 w-full border-b border-line bg-transparent px-4 text-base outline-none placeholder:text-muted"
        />
        <Command.List className="max-h-[50vh] overflow-y-auto p-1.5">
          <Command.Empty className="px-3 py-6 text-center text-muted">No matching command.</Command.Empty>
          {symbols.map((symbol) => (
            <Item key={symbol} value={symbol} onSelect={() => home && goTo(symbol, home)}>
              <span className="font-semibold">{symbol}</span>
              <span className="text-xs text-muted">Show in {home?.label}</span>
            </Item>
          ))}
          {commands.map((action) => (
            <Item key={action.id} value={action.label} onSelect={() => choose(action)}>
              {action.confirm && armed === action.label ? (
                <span className="font-medium text-bad">Press Enter again to {action.confirm.describe()}</span>
              ) : (
                action.label
              )}
              {action.keys !== undefined && <Keys keys={action.keys} />}
            </Item>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  )
}

interface ItemProps {
  readonly value: string
  readonly onSelect: () => void
  readonly children: ReactNode
}

function Item({ value, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-8 cursor-pointer items-center justify-between gap-4 rounded-md px-2.5 data-[selected=true]:bg-hover"
    >
      {children}
    </Command.Item>
  )
}
