/** The demo market's REST server: routes in, answers out, and the faults in between. */
export { admit } from './admit.ts'
export { createHttpServer, Listener } from './http-server.ts'
export { json, NO_CONTENT, Refusal, type Reply, type Route } from './reply.ts'
