/** Sources of the lines, as Chromium names them: the buses of the desktop, and the process that draws with the graphics card. */
const SOURCES = [
  'bus',
  'object_proxy',
  'viz_main_impl',
  'gpu_process_host',
  'command_buffer_proxy_impl',
  'shared_context_state',
  'gl_surface_presentation_helper',
  'gl_utils',
  'vaapi_wrapper',
  'angle_platform_impl',
  'gl_display',
  'gl_ozone_egl',
]

const LINE = new RegExp(
  String.raw`^\[[\d:/.]+:(?:ERROR|WARNING):(?:[\w/]+/)?(?:${SOURCES.join('|')})\.cc[(:]\d+\)?\] `,
)

/**
 * Whether a line is Chromium's complaint about D-Bus or a graphics card, which containers, servers and virtual displays do
 * not have. Chromium has no switch for these lines alone; Signal does not need the bus, and without a card Chromium draws
 * in software.
 * @param {string} line
 */
export const isChromiumNoise = (line) => LINE.test(line) || line.startsWith('ERR: Display.cpp')
