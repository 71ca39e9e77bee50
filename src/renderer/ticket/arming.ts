import { create } from 'zustand'

/** Whether the dialog that arms the live account is open. */
export const useArming = create<{ readonly open: boolean }>(() => ({ open: false }))

export const showArming = (): void => useArming.setState({ open: true })

export const hideArming = (): void => useArming.setState({ open: false })
