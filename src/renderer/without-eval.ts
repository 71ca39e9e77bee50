import * as z from 'zod'

/*
 * Tells zod not to compile schemas from text, which our content policy forbids. It must happen before the
 * first schema exists: this module is the first that main.tsx imports.
 */
z.config({ jitless: true })
