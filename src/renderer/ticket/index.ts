import type { Side } from '../app/screen.ts'
import { TICKET_KEYS_LIST } from './keys.ts'
import { PANEL_ACTIONS, TEMPLATE_ACTIONS, TRADE_ACTIONS } from './ticket-actions.ts'
import { TicketPanel } from './ticket-panel.tsx'

export { followTicketRequests } from './ticket-actions.ts'
export { TicketWindow } from './ticket-window.tsx'

/** The order ticket beside the screens that trade. */
export const ticketSide: Side = {
  actions: [...TRADE_ACTIONS, ...TEMPLATE_ACTIONS, ...PANEL_ACTIONS],
  moreKeys: TICKET_KEYS_LIST,
  Content: TicketPanel,
}
