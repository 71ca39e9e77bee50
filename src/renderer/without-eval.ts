import * as z from 'zod'

/*
 * Our content policy forbids code made from text. zod would try that for every schema, so it is told not to before the
 * first schema exists: this module is the first that main.tsx imports.
 */
z.config({ jitless: true })
