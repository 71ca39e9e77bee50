import { classNames } from '../ui/class-names.ts'
import type { TicketMessage } from './message-places.ts'

const LOOKS: Record<TicketMessage['level'], string> = {
  refuse: 'text-bad',
  ask: 'text-warn',
  tell: 'text-soft',
}

interface Props {
  readonly message: TicketMessage
  /** On one line, however long it is. */
  readonly oneLine?: true
}

/** One message in words. */
export const MessageText = ({ message: { level, text, code }, oneLine }: Props) => (
  <span
    data-code={code}
    title={oneLine && text}
    className={classNames('block text-xs leading-4', oneLine && 'truncate', LOOKS[level])}
  >
    {text}
  </span>
)
