/** The product that the specs run against; start-product.ts starts it. */
export const port = Number(process.env.E2E_PORT ?? 4180)
export const address = `http://localhost:${port}`
export const adminEmail = 'admin@example.com'
export const adminPassword = 'correct horse battery staple'
