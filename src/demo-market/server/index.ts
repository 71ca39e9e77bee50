/** The REST server of the demo market: routes in, answers out, and the faults between. */
export { createHttpServer, Listener } from './http-server.ts'
export { json, NO_CONTENT, Refusal, type Reply, type Request, type Route } from './reply.ts'
