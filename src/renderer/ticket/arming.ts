import { create } from 'zustand'

/** The question for the last four digits, which arms the live account. */
export const useArming = create<{ readonly open: boolean }>(() => ({ open: false }))

export const showArming = (): void => useArming.setState({ open: true })

export const hideArming = (): void => useArming.setState({ open: false })
