import { ArrowDownIcon, ArrowUpIcon, PencilIcon, TrashIcon } from '@heroicons/react/16/solid'
import { Popover } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { Button, IconButton } from '../button.tsx'
import { CONTROL } from '../field.tsx'
import { builtInPresets, isMovable, withMovedBefore, withShown } from './layout.ts'
import type { LayoutStore } from './layout-store.ts'

interface Props {
  readonly store: LayoutStore
  /** Further choices of the screen, at the end. */
  readonly children?: ReactNode
  /** Where the focus goes when it closes; to the button that opened it if absent. */
  readonly onClosed?: () => void
}

/** The content of a popover that shows, hides and moves a table's columns and keeps presets. */
export function LayoutPanel({ store, children, onClosed }: Props) {
  return (
    <Popover.Portal>
      <Popover.Content
        align="end"
        sideOffset={6}
        collisionPadding={8}
        aria-label="Columns"
        onKeyDown={(event) => event.stopPropagation()}
        onCloseAutoFocus={(event) => {
          if (!onClosed) return
          event.preventDefault()
          onClosed()
        }}
        className="z-30 max-h-(--radix-popover-content-available-height) w-72 overflow-y-auto rounded-md bg-raised p-2 shadow-float"
      >
        <Presets store={store} />
        <Columns store={store} />
        <div className="mt-1.5 grid gap-1 border-t border-line pt-1.5">
          {children}
          <Button look="quiet" className="w-full" onClick={store.reset}>
            Reset columns
          </Button>
        </div>
      </Popover.Content>
    </Popover.Portal>
  )
}

const LINE = 'flex items-center gap-1 rounded-sm px-1.5 hover:bg-hover'

function Columns({ store }: { readonly store: LayoutStore }) {
  const layout = store.use((state) => state.layout)
  const { shape, change } = store
  const movable = layout.order.filter((id) => isMovable(shape, id))
  return (
    <ul aria-label="Columns">
      {layout.order.map((id) => {
        const header = shape.columns.find((column) => column.id === id)?.header ?? id
        const at = movable.indexOf(id)
        return (
          <li key={id} className={LINE}>
            <label className="flex h-7 grow items-center gap-2">
              <input
                type="checkbox"
                checked={!layout.hidden.includes(id)}
                disabled={at < 0}
                onChange={({ target }) => change((now) => withShown(now, id, target.checked))}
                className="size-3.5 accent-(--accent)"
              />
              {header}
            </label>
            {at >= 0 && (
              <>
                <IconButton
                  label={`Move ${header} up`}
                  disabled={at === 0}
                  onClick={() => change((now) => withMovedBefore(shape, now, id, movable[at - 1]))}
                >
                  <ArrowUpIcon className="size-3.5" />
                </IconButton>
                <IconButton
                  label={`Move ${header} down`}
                  disabled={at === movable.length - 1}
                  onClick={() => change((now) => withMovedBefore(shape, now, id, movable[at + 2]))}
                >
                  <ArrowDownIcon className="size-3.5" />
                </IconButton>
              </>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function Presets({ store }: { readonly store: LayoutStore }) {
  const { preset, own } = store.use()
  const [renamed, setRenamed] = useState<string>()
  const builtIn = builtInPresets(store.shape)
  const names = [...builtIn, ...own].map((one) => one.name)
  return (
    <fieldset className="mb-1.5 border-b border-line pb-2">
      <legend className="px-1.5 text-xs font-semibold text-muted">Presets</legend>
      {builtIn.map(({ name }) => (
        <div key={name} className={LINE}>
          <PresetChoice store={store} name={name} isChosen={preset === name} />
        </div>
      ))}
      {own.map(({ name }) => (
        <div key={name} className={LINE}>
          {renamed === name ? (
            <NameField
              label={`New name of ${name}`}
              initial={name}
              button="Rename"
              taken={names.filter((other) => other !== name)}
              onName={(to) => {
                store.rename(name, to)
                setRenamed(undefined)
              }}
            />
          ) : (
            <>
              <PresetChoice store={store} name={name} isChosen={preset === name} />
              <IconButton label={`Rename ${name}`} onClick={() => setRenamed(name)}>
                <PencilIcon className="size-3.5" />
              </IconButton>
              <IconButton label={`Delete ${name}`} onClick={() => store.remove(name)}>
                <TrashIcon className="size-3.5" />
              </IconButton>
            </>
          )}
        </div>
      ))}
      <div className="mt-1 px-1.5">
        <NameField
          label="Save as preset"
          initial=""
          button="Save"
          taken={builtIn.map((one) => one.name)}
          onName={store.saveAs}
        />
      </div>
    </fieldset>
  )
}

interface ChoiceProps {
  readonly store: LayoutStore
  readonly name: string
  readonly isChosen: boolean
}

function PresetChoice({ store, name, isChosen }: ChoiceProps) {
  return (
    <label className="flex h-7 min-w-0 grow items-center gap-2">
      <input
        type="radio"
        name="table-preset"
        checked={isChosen}
        onChange={() => store.apply(name)}
        className="size-3.5 accent-(--accent)"
      />
      <span className="truncate">{name}</span>
    </label>
  )
}

interface NameProps {
  readonly label: string
  readonly initial: string
  readonly button: string
  /** Names that belong to other presets. */
  readonly taken: readonly string[]
  readonly onName: (name: string) => void
}

/** A field for a preset's name. */
function NameField({ label, initial, button, taken, onName }: NameProps) {
  const [name, setName] = useState(initial)
  const isUsable = name.trim() !== '' && !taken.includes(name.trim())
  return (
    <form
      className="flex w-full gap-1"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isUsable) return
        onName(name.trim())
        setName('')
      }}
    >
      <input
        aria-label={label}
        placeholder={label}
        maxLength={40}
        aria-invalid={taken.includes(name.trim())}
        value={name}
        onChange={({ target }) => setName(target.value)}
        className={`${CONTROL} h-7`}
      />
      <Button type="submit" small disabled={!isUsable}>
        {button}
      </Button>
    </form>
  )
}
