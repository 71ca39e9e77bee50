/**
 * The sizes of Signal's icon, pixels. Sources: freedesktop.org, Icon Theme Specification; 1,024 is for macOS, from which
 * electron-builder makes the others.
 */
export const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
