/** @type {import('next').NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Compressed by server.ts and by the proxy in front; an event stream must not be.
  serverExternalPackages: ['pg', 'pino', '@node-rs/argon2', 'rate-limiter-flexible'],
  experimental: { serverActions: { bodySizeLimit: '5mb' } },
}

export default nextConfig
