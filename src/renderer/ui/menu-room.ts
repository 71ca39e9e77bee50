/** Where menus are drawn: within the main landmark, where a screen reader looks for what belongs to the screen. */
export const menuRoom = (): HTMLElement | null => document.querySelector('main')
