const BUS_LINE = /^\[[\d:/.]+:(?:ERROR|WARNING):(?:dbus\/)?(?:bus|object_proxy)\.cc[(:]\d+\)?\] /

/**
 * Whether a line is Chromium's complaint about D-Bus, which containers, servers and some desktops do not
 * have. Chromium has no switch for these lines alone, and Signal does not need the bus.
 * @param {string} line
 */
export const isBusNoise = (line) => BUS_LINE.test(line)
