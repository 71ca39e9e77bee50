/** The version of Node-API that the database's native addon needs. Source: better-sqlite3 13, binding.gyp. */
export const NEEDED_NODE_API = 10
