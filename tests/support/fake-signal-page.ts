import * as z from 'zod'
import { createFakeMain, type FakeMain } from './fake-signal.ts'

/** In a page: stands in for the preload, and lets the market move ten times a second. */
const page = globalThis as typeof globalThis & { signal?: FakeMain['api']; fake?: FakeMain }
z.config({ jitless: true }) // the page's content policy forbids compiled code
const fake = createFakeMain()
page.fake = fake
page.signal = fake.api
setInterval(() => fake.tick(), 100)
setInterval(() => fake.stats({}), 1_000)
