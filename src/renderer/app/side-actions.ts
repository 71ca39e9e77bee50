import { createContext } from 'react'
import type { Action } from './screen.ts'

/** The actions of the panel beside the screens that trade, for menus of their rows. */
export const SideActions = createContext<readonly Action[]>([])
