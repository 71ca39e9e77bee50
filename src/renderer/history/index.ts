import { CircleStackIcon } from '@heroicons/react/20/solid'
import type { Screen } from '../app/screen.ts'
import { isActive, useLoads } from '../stores/loads.ts'
import { useSettings } from '../stores/settings.ts'
import { verify } from '../stores/verification.ts'
import { HistoryScreen } from './history-screen.tsx'
import { steer } from './steering.ts'
import { goTo, useWizard } from './wizard.ts'

function pauseOrResume(): void {
  const load = useLoads.getState().loads?.find(isActive)
  if (!load) return
  goTo('load')
  void steer(load.state === 'running' ? 'pause' : 'resume', load)
}

function verifyChosen(): void {
  const symbols = useWizard.getState().symbols ?? useSettings.getState().view?.settings.symbols ?? []
  if (symbols.length === 0) return
  goTo('report')
  void verify(symbols)
}

/** The screen of historical bars. */
export const historyScreen: Screen = {
  id: 'history',
  label: 'History',
  title: 'History',
  Icon: CircleStackIcon,
  keys: 'Ctrl+4',
  Content: HistoryScreen,
  actions: [
    { id: 'choose', label: 'Choose symbols and dates', keys: 'Alt+1', run: () => goTo('choose') },
    { id: 'coverage', label: 'Check coverage', keys: 'Alt+2', run: () => goTo('coverage') },
    { id: 'load', label: 'Show download', keys: 'Alt+3', run: () => goTo('load') },
    { id: 'report', label: 'Show quality report', keys: 'Alt+4', run: () => goTo('report') },
    { id: 'pause', label: 'Pause or resume download', keys: 'Alt+U', run: pauseOrResume },
    { id: 'verify', label: 'Verify selected symbols', keys: 'Alt+V', run: verifyChosen },
  ],
}
