import './without-eval.ts'
import { createRoot } from 'react-dom/client'
import { Shell } from './app/shell.tsx'
import { screens } from './screens.ts'
import { showScreen, useNavigation } from './app/navigation.ts'
import { followNotices, openAudio } from './notices/index.ts'
import { showHistory } from './orders/index.ts'
import { followAppearance } from './stores/appearance.ts'
import { followMain } from './stores/follow-main.ts'
import { beginOrder, isTicketWindow } from './stores/ticket-place.ts'
import { followTicketPreferences } from './stores/ticket-preferences.ts'
import { followTicketRequests, TicketWindow, ticketSide } from './ticket/index.ts'
import { Welcome } from './welcome/welcome.tsx'
import './styles.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

followAppearance()
followTicketPreferences()

/** Shows a screen that has the ticket beside it, unless one is shown. */
function showTradingScreen(): void {
  const shown = screens.find(({ id }) => id === useNavigation.getState().screen) ?? screens[0]
  if (shown.trades !== true) showScreen('orders')
}

if (window.signal) {
  followMain()
  const isTicket = isTicketWindow()
  followNotices({
    stageAgain: (orderId) => void beginOrder({ again: orderId }),
    showHistory,
    ...(!isTicket && { play: openAudio() }), // the main window is open as long as any
  })
  followTicketRequests(isTicket ? () => undefined : showTradingScreen)
  createRoot(root).render(
    isTicket ? <TicketWindow /> : <Shell screens={screens} welcome={<Welcome />} side={ticketSide} />,
  )
} else {
  root.textContent = 'This page works inside Signal only. Start the app with "npm start".'
}
