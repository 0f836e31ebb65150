/** The product that the specs run against; start-product.ts starts it. */
export const port = Number(process.env.E2E_PORT ?? 4180)
export const address = `http://localhost:${port}`
export const adminEmail = 'admin@example.com'
export const adminPassword = 'correct horse battery staple'

/** The single sign-on the product is told of; identity-provider.ts serves it for the specs that use it. */
export const identityProvider = {
  name: 'Example ID',
  issuer: `http://localhost:${port + 1}`,
  clientId: 'windlass',
  clientSecret: 'a secret between the two',
}
