import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65535)
const seconds = z.coerce.number().int().min(1)

function isOrigin(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && url.href === `${url.origin}/`
}

/** The console's environment. Embedded parts (database, keys) are settled by deploy/local before this is read. */
const Environment = z.object({
  PORT: port.default(3000),
  HOSTNAME_TO_BIND: z.string().optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
    .refine(isOrigin, 'must be scheme, host and port alone: the console cannot be served below a path')
    .optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' }),
  DATABASE_URL_DIRECT: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  AUTH_SECRET: z.string().min(32, 'must have at least 32 characters'),
  /** 32 bytes in base64. */
  SECRETS_KEY: z
    .string()
    .refine((key) => Buffer.from(key, 'base64').length === 32, 'must be 32 bytes in base64'),
  ADMIN_EMAIL: z.email().optional(),
  ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').optional(),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_NAME: z.string().min(1).default('Single sign-on'),
  /** The worker's container image, as commands and templates name it. */
  WORKER_IMAGE: z.string().min(1).default('windlass-worker'),
  LIBRARY_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(1024 ** 3),
  DELAYED_AFTER_SECONDS: seconds.default(180),
  LEASE_SECONDS: seconds.min(5).default(30),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export interface Settings extends z.infer<typeof Environment> {
  /** The only source of absolute addresses; without a slash at the end. */
  publicUrl: string
  secretsKey: Uint8Array
}

/** Throws an error whose message names each variable that is wrong, and never its value. */
export function parseSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const sentences = parsed.error.issues.map((issue) =>
      given[String(issue.path[0])] === undefined
        ? `${issue.path.join('.')} is not set.`
        : `${issue.path.join('.')} is wrong: ${issue.message}.`,
    )
    throw new Error(sentences.join('\n'))
  }
  const oidc = [parsed.data.OIDC_ISSUER, parsed.data.OIDC_CLIENT_ID, parsed.data.OIDC_CLIENT_SECRET]
  if (oidc.some(Boolean) && !oidc.every(Boolean)) {
    throw new Error('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set together.')
  }
  return {
    ...parsed.data,
    publicUrl: (parsed.data.PUBLIC_URL ?? `http://localhost:${parsed.data.PORT}`).replace(/\/+$/, ''),
    secretsKey: Buffer.from(parsed.data.SECRETS_KEY, 'base64'),
  }
}

let settings: Settings | undefined

/** The settings of this process, parsed at the first call. */
export function getSettings(): Settings {
  settings ??= parseSettings(process.env)
  return settings
}
