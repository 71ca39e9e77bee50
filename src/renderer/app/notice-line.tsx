import { ChevronDownIcon, ExclamationTriangleIcon, XCircleIcon } from '@heroicons/react/16/solid'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useNotices, type ShellNotice } from './use-notices.ts'

/**
 * The most serious notice in one line that is always there, so that a notice moves nothing; a list over the
 * screen has all of them in full. Screen readers hear each one.
 */
export function NoticeLine() {
  const notices = useNotices()
  const [first] = notices
  return (
    <section aria-label="Notices" className="flex h-full min-w-0 grow items-center gap-2">
      <div aria-live="polite" className={first === undefined ? 'sr-only' : 'h-6 min-w-0 grow'}>
        {notices.map((notice) => (
          <Line key={notice.id} notice={notice} isFirst={notice === first} />
        ))}
      </div>
      {first && <AllNotices notices={notices} />}
    </section>
  )
}

interface NoticeProps {
  readonly notice: ShellNotice
  readonly isFirst: boolean
}

function Line({ notice, isFirst }: NoticeProps) {
  const { tone, isAlert, lead, text } = notice
  return (
    <div
      role={isAlert ? 'alert' : undefined}
      className={isFirst ? 'flex h-6 min-w-0 items-center gap-2' : 'sr-only'}
    >
      {isFirst && <Sign tone={tone} />}
      <p title={text} className="min-w-0 grow truncate">
        {lead !== undefined && <span className="sr-only">{lead} </span>}
        {text}
      </p>
      {isFirst && <Actions notice={notice} />}
    </div>
  )
}

function Sign({ tone }: { readonly tone: ShellNotice['tone'] }) {
  return tone === 'bad' ? (
    <XCircleIcon className="size-4 shrink-0 text-bad" aria-hidden />
  ) : (
    <ExclamationTriangleIcon className="size-4 shrink-0 text-warn" aria-hidden />
  )
}

interface ActionsProps {
  readonly notice: ShellNotice
  readonly onRun?: () => void
}

function Actions({ notice: { actions }, onRun }: ActionsProps) {
  return actions.map(({ label, run }) => (
    <Button
      key={label}
      className="h-6! px-2! text-xs!"
      onClick={() => {
        onRun?.()
        run()
      }}
    >
      {label}
    </Button>
  ))
}

/** A button that shows all notices in full, over the screen. */
function AllNotices({ notices }: { readonly notices: readonly ShellNotice[] }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="flex h-6 shrink-0 items-center gap-0.5 rounded-md px-1.5 text-xs whitespace-nowrap text-soft hover:bg-hover hover:text-ink">
        {notices.length === 1 ? 'Details' : `+${notices.length - 1} more`}
        <ChevronDownIcon className="size-4" aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          aria-label="Notices"
          className="z-30 grid max-h-(--radix-popover-content-available-height) w-130 max-w-[calc(100vw-1.5rem)] gap-2 overflow-y-auto rounded-md bg-raised p-2 shadow-float"
        >
          {notices.map((notice) => (
            <Notice key={notice.id} tone={notice.tone}>
              <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
                <p className="min-w-40 grow basis-0 break-words">
                  {notice.lead !== undefined && <span className="font-semibold">{notice.lead} </span>}
                  {notice.text}
                </p>
                <Actions notice={notice} onRun={() => setOpen(false)} />
              </div>
            </Notice>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
