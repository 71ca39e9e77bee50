import { FingerPrintIcon } from '@heroicons/react/20/solid'
import type { KeyList, Screen } from '../app/screen.ts'
import { verifyLog } from '../stores/audit.ts'
import { focusTable } from '../ui/focus-table.ts'
import { AuditScreen } from './audit-screen.tsx'
import { exportEvents } from './exporting.ts'
import { FILTER_ID } from './search-field.tsx'
import { closePanel } from './shown-event.ts'

/** Keys that work on a row, besides those of the actions. */
const ROW_KEYS: KeyList = {
  title: 'On an event',
  lines: [
    ['Move', 'Arrows'],
    ['Open', 'Enter'],
    ['Order timeline', 'Alt+I'],
  ],
}

const focusEvents = () => focusTable('Events')

/** The screen of the event log. */
export const auditScreen: Screen = {
  id: 'audit',
  label: 'Audit',
  title: 'Audit',
  Icon: FingerPrintIcon,
  keys: 'Ctrl+5',
  focus: focusEvents,
  Content: AuditScreen,
  moreKeys: ROW_KEYS,
  actions: [
    { id: 'events', label: 'Go to events', keys: 'Alt+G', run: focusEvents },
    {
      id: 'filter',
      label: 'Filter events',
      keys: '/',
      run: () => document.getElementById(FILTER_ID)?.focus(),
    },
    { id: 'verify', label: 'Verify log integrity', keys: 'Alt+V', run: () => void verifyLog() },
    { id: 'export', label: 'Export filtered events (JSONL)', keys: 'Alt+E', run: () => void exportEvents() },
    { id: 'close', label: 'Close timeline or event', keys: 'Escape', run: closePanel },
  ],
}
