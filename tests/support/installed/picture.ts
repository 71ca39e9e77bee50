import { deflateSync, crc32 } from 'node:zlib'

/** What a display shows: an X window dump with four bytes a pixel, blue, green, red and nothing, row by row from the top. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** Where a pixel begins in the dump. */
  readonly at: (x: number, y: number) => number
  readonly dump: Buffer
}

/** Part of a picture, pixels from its left upper corner. */
export interface Region {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Reads an X window dump as Xvfb keeps one. Source: X11, XWDFile.h. */
export function readXwd(dump: Buffer): Picture {
  const field = (place: number) => dump.readUInt32BE(place * 4)
  const [headerSize = 0, width = 0, height = 0, bitsPerPixel, bytesPerLine = 0, colors = 0] = [
    0, 4, 5, 11, 12, 19,
  ].map(field)
  if (bitsPerPixel !== 32) throw new Error('This is not a window dump with 32 bits a pixel')
  const start = headerSize + colors * 12
  return { width, height, dump, at: (x, y) => start + y * bytesPerLine + x * 4 }
}

/** Which share of a region's pixels differs between two pictures of one size, 0 to 1. */
export const shareChanged = (before: Picture, after: Picture, region: Region): number =>
  shareOf(
    region,
    (x, y) =>
      before.dump.compare(
        after.dump,
        after.at(x, y),
        after.at(x, y) + 3,
        before.at(x, y),
        before.at(x, y) + 3,
      ) !== 0,
  )

/** Which share of a region's pixels is clearly red, green or blue, not gray, 0 to 1. */
export const shareColored = ({ dump, at }: Picture, region: Region): number =>
  shareOf(region, (x, y) => {
    const [blue = 0, green = 0, red = 0] = dump.subarray(at(x, y), at(x, y) + 3)
    return Math.max(blue, green, red) - Math.min(blue, green, red) > 60
  })

function shareOf(
  { x: left, y: top, width, height }: Region,
  isSo: (x: number, y: number) => boolean,
): number {
  let count = 0
  for (let y = top; y < top + height; y += 1)
    for (let x = left; x < left + width; x += 1) if (isSo(x, y)) count += 1
  return count / (width * height)
}

/** The picture as a PNG file. */
export function toPng({ width, height, dump, at }: Picture): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8) // eight bits a color, red, green and blue, nothing special
  const rows = Buffer.alloc((width * 3 + 1) * height) // each begins with a zero: no filter
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [blue = 0, green = 0, red = 0] = dump.subarray(at(x, y), at(x, y) + 3)
      rows.set([red, green, blue], y * (width * 3 + 1) + 1 + x * 3)
    }
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
