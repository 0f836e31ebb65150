/** @type {import('next').NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run verify`; whoever only starts the product need not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['pg', 'pino', '@node-rs/argon2', 'rate-limiter-flexible'],
  experimental: { serverActions: { bodySizeLimit: '5mb' } },
}

export default nextConfig
