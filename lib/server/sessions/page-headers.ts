/** What proxy.ts tells the pages: the path and query asked for, and the nonce of this answer. */
export const pathHeader = 'x-windlass-path'
export const nonceHeader = 'x-nonce'
