import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { ConfigItem } from '#lib/domain/deploy-config/config.ts'
import type { InstallationStatus, ObservedState } from '#lib/domain/installation.ts'
import type { LibraryResource } from '#lib/domain/library.ts'
import type { NamespaceRole, TokenProfile } from '#lib/domain/access.ts'
import type { Numbering } from '#lib/domain/numbering.ts'
import type { ObjectReference } from '#lib/domain/kubernetes-object.ts'
import type {
  Operation,
  WorkitemError,
  WorkitemProgress,
  WorkitemRequest,
  WorkitemResult,
  WorkitemStatus,
} from '#lib/domain/workitem.ts'

const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
})

const id = () => uuid().primaryKey().defaultRandom()
const moment = () => timestamp({ withTimezone: true, precision: 3 })
const createdAt = () => moment().notNull().defaultNow()

/** Facts of this console as a whole: `consoleId`, and the fingerprint of the secrets key. */
export const consoleFacts = pgTable('console_facts', {
  name: text().primaryKey(),
  value: text().notNull(),
})

export const organizations = pgTable('organizations', {
  id: id(),
  name: text().notNull().unique(),
  createdAt: createdAt(),
})

/** Namespace names are unique across organizations, because they stand alone in every address. */
export const namespaces = pgTable('namespaces', {
  id: id(),
  organizationId: uuid()
    .notNull()
    .references(() => organizations.id),
  name: text().notNull().unique(),
  createdAt: createdAt(),
})

/** The profiles a namespace offers for its tokens; `name` is the part after `<namespace>.`. */
export const profiles = pgTable(
  'profiles',
  {
    namespaceId: uuid()
      .notNull()
      .references(() => namespaces.id, { onDelete: 'cascade' }),
    name: text().$type<TokenProfile>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.namespaceId, table.name] })],
)

export const users = pgTable(
  'users',
  {
    id: id(),
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id),
    email: text().notNull(),
    name: text().notNull(),
    /** argon2id, in PHC string form; null for people who only sign in through OIDC. */
    passwordHash: text(),
    isOrganizationAdmin: boolean().notNull().default(false),
    mustChangePassword: boolean().notNull().default(false),
    createdAt: createdAt(),
    disabledAt: moment(),
  },
  (table) => [uniqueIndex('users_email').on(sql`lower(${table.email})`)],
)

/** An OIDC identity. Linked by issuer and subject only: an e-mail address proves nothing. */
export const accounts = pgTable(
  'accounts',
  {
    issuer: text().notNull(),
    subject: text().notNull(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.issuer, table.subject] })],
)

export const memberships = pgTable(
  'memberships',
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    namespaceId: uuid()
      .notNull()
      .references(() => namespaces.id, { onDelete: 'cascade' }),
    role: text().$type<NamespaceRole>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.namespaceId] })],
)

/** A browser session. The cookie's JWT holds only `id`; deleting the row signs out. */
export const sessions = pgTable(
  'sessions',
  {
    id: text().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    lastSeenAt: createdAt(),
    expiresAt: moment().notNull(),
    userAgent: text(),
    lastNamespace: text(),
  },
  (table) => [index('sessions_user').on(table.userId)],
)

export const accessTokens = pgTable(
  'access_tokens',
  {
    id: id(),
    namespaceId: uuid()
      .notNull()
      .references(() => namespaces.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    profile: text().$type<TokenProfile>().notNull(),
    /** SHA-256 of the token, hexadecimal. */
    tokenHash: text().notNull().unique(),
    /** Names of the K8s Clusters a worker token serves; empty for other profiles. */
    clusters: text().array().notNull().default([]),
    /** Set on personal tokens: at every request their rights are cut to this person's. */
    ownerUserId: uuid().references(() => users.id, { onDelete: 'cascade' }),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    expiresAt: moment(),
    lastUsedAt: moment(),
    revokedAt: moment(),
  },
  (table) => [
    uniqueIndex('access_tokens_live_name')
      .on(table.namespaceId, table.name)
      .where(sql`${table.revokedAt} is null`),
  ],
)

/** Rows of rate-limiter-flexible; `expire` is in milliseconds since the epoch. */
export const rateLimits = pgTable('rate_limits', {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  expire: bigint({ mode: 'number' }),
})

export const clusters = pgTable(
  'k8s_clusters',
  {
    id: id(),
    namespaceId: uuid()
      .notNull()
      .references(() => namespaces.id),
    name: text().notNull(),
    ingressDefaultNode: text().notNull(),
    ingressClassName: text(),
    lifecycleOperationCount: integer().notNull().default(0),
    /** True for the in-memory Kubernetes that `npm start` brings along. */
    simulated: boolean().notNull().default(false),
    workerLastSeen: moment(),
    workerVersion: text(),
    workerMode: text().$type<'once' | 'daemon'>(),
    k8sVersion: text(),
    k8sNamespaces: text().array(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique('k8s_clusters_name').on(table.namespaceId, table.name),
    unique('k8s_clusters_scope').on(table.namespaceId, table.id),
  ],
)

export const installations = pgTable(
  'k8s_installations',
  {
    id: id(),
    namespaceId: uuid().notNull(),
    clusterId: uuid().notNull(),
    name: text().notNull(),
    k8sNamespace: text().notNull(),
    status: text().$type<InstallationStatus>().notNull(),
    /** Why the status is what it is, in words a user can act on; Kubernetes' own where it has some. */
    statusReason: text(),
    /** The revision asked for. Revisions that were cancelled before a claim are passed over. */
    revision: integer().notNull(),
    /** The revision the worker last finished applying; null until one was. */
    appliedRevision: integer(),
    /** False once a shutdown or undeploy was asked for. */
    wantsRunning: boolean().notNull().default(true),
    replicaCount: integer().notNull(),
    installedBy: text().notNull(),
    installationDate: createdAt(),
    createdAt: createdAt(),
    /** Numbers ever given to generated names; grows, never shrinks. */
    numbering: jsonb().$type<Numbering>().notNull(),
    statefulSetUid: text(),
    /** What the worker last reported as existing. */
    objects: jsonb().$type<ObjectReference[]>().notNull().default([]),
    observed: jsonb().$type<ObservedState>(),
    observedAt: moment(),
  },
  (table) => [
    unique('k8s_installations_name').on(table.namespaceId, table.name),
    unique('k8s_installations_scope').on(table.namespaceId, table.id),
    index('k8s_installations_cluster').on(table.clusterId),
    foreignKey({
      columns: [table.namespaceId, table.clusterId],
      foreignColumns: [clusters.namespaceId, clusters.id],
    }),
  ],
)

/** Every config ever accepted for an installation. Secret values stand in it as references. */
export const revisions = pgTable(
  'k8s_installation_revisions',
  {
    namespaceId: uuid().notNull(),
    installationId: uuid().notNull(),
    revision: integer().notNull(),
    config: jsonb().$type<ConfigItem[]>().notNull(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    cancelledAt: moment(),
  },
  (table) => [
    primaryKey({ columns: [table.installationId, table.revision] }),
    foreignKey({
      columns: [table.namespaceId, table.installationId],
      foreignColumns: [installations.namespaceId, installations.id],
    }).onDelete('cascade'),
  ],
)

/** An encrypted value; `id` is the opaque reference shown in place of it. AES-256-GCM. */
export const secretValues = pgTable(
  'secret_values',
  {
    id: id(),
    namespaceId: uuid()
      .notNull()
      .references(() => namespaces.id, { onDelete: 'cascade' }),
    /** What the value belongs to, part of the associated data: `installation:<id>`. */
    owner: text().notNull(),
    nonce: bytea().notNull(),
    /** Ciphertext followed by the 16 byte tag. */
    sealed: bytea().notNull(),
    createdAt: createdAt(),
  },
  (table) => [index('secret_values_owner').on(table.namespaceId, table.owner)],
)

/**
 * The hot table of the queue: REQUESTED, PENDING, FAILED and INVALID items. The state machine is
 * described in lib/domain/workitem.ts, the statements that move it in lib/server/workitems/sql.
 */
export const workitems = pgTable(
  'k8s_workitems',
  {
    /** The order of the queue. */
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    namespaceId: uuid().notNull(),
    clusterId: uuid().notNull(),
    requestId: uuid().notNull(),
    installationId: uuid(),
    installationName: text().notNull(),
    operation: text().$type<Operation>().notNull(),
    status: text().$type<WorkitemStatus>().notNull(),
    /**
     * True on the one outstanding item of its installation that may run now, and kept true while it runs.
     * It makes a claim one index range: no look at an item's predecessors.
     */
    isNext: boolean().notNull().default(false),
    revision: integer(),
    request: jsonb().$type<WorkitemRequest>().notNull(),
    requestedBy: text().notNull(),
    requestedAt: createdAt(),
    changedAt: createdAt(),
    attempts: integer().notNull().default(0),
    /** Set at the first claim and kept: only an item never claimed can be cancelled. */
    firstClaimedAt: moment(),
    claimId: uuid(),
    workerId: text(),
    leaseToken: uuid(),
    /** Grows with every claim of any item: what the worker fences its writes with, beside the revision. */
    leaseNumber: bigint({ mode: 'number' }),
    leaseExpiresAt: moment(),
    progress: jsonb().$type<WorkitemProgress>(),
    ancillaries: jsonb().$type<ObjectReference[]>().notNull().default([]),
    error: jsonb().$type<WorkitemError>(),
  },
  (table) => [
    unique('k8s_workitems_request').on(table.namespaceId, table.requestId),
    index('k8s_workitems_claimable')
      .on(table.clusterId, table.id)
      .where(sql`${table.status} = 'REQUESTED' and ${table.isNext}`),
    // Lengths of queues and places in them.
    index('k8s_workitems_queue')
      .on(table.namespaceId, table.clusterId, table.id)
      .where(sql`${table.status} in ('REQUESTED', 'PENDING')`),
    index('k8s_workitems_leased')
      .on(table.leaseExpiresAt)
      .where(sql`${table.status} = 'PENDING'`),
    index('k8s_workitems_claim')
      .on(table.claimId)
      .where(sql`${table.status} = 'PENDING'`),
    index('k8s_workitems_installation').on(table.installationId, table.id),
    index('k8s_workitems_namespace').on(table.namespaceId, table.id),
    uniqueIndex('k8s_workitems_one_next')
      .on(table.installationId)
      .where(sql`${table.isNext}`),
    foreignKey({
      columns: [table.namespaceId, table.clusterId],
      foreignColumns: [clusters.namespaceId, clusters.id],
    }),
    foreignKey({
      columns: [table.namespaceId, table.installationId],
      foreignColumns: [installations.namespaceId, installations.id],
    }),
    check('k8s_workitems_status', sql`${table.status} in ('REQUESTED', 'PENDING', 'FAILED', 'INVALID')`),
    // A FAILED item keeps the token it was failed with: a repeated finish is answered as the first.
    check(
      'k8s_workitems_lease',
      sql`(${table.status} = 'PENDING') = (${table.leaseExpiresAt} is not null) and (${table.status} <> 'PENDING' or ${table.leaseToken} is not null)`,
    ),
  ],
)

/** Where `leaseNumber` comes from. */
export const leaseNumbers = pgSequence('k8s_lease_numbers')

/** Finished items, by name and without foreign keys: they outlive what they were about. */
export const workitemHistory = pgTable(
  'k8s_workitem_history',
  {
    id: bigint({ mode: 'number' }).primaryKey(),
    namespaceId: uuid()
      .notNull()
      .references(() => namespaces.id, { onDelete: 'cascade' }),
    clusterName: text().notNull(),
    requestId: uuid().notNull(),
    installationId: uuid(),
    installationName: text().notNull(),
    operation: text().$type<Operation>().notNull(),
    status: text().$type<WorkitemStatus>().notNull(),
    revision: integer(),
    request: jsonb().$type<WorkitemRequest>().notNull(),
    requestedBy: text().notNull(),
    requestedAt: moment().notNull(),
    finishedAt: createdAt(),
    attempts: integer().notNull(),
    /** The lease that finished it: repeating a finish whose answer was lost is answered as the first. */
    leaseToken: uuid(),
    progress: jsonb().$type<WorkitemProgress>(),
    ancillaries: jsonb().$type<ObjectReference[]>().notNull().default([]),
    error: jsonb().$type<WorkitemError>(),
    result: jsonb().$type<WorkitemResult>(),
  },
  (table) => [
    unique('k8s_workitem_history_request').on(table.namespaceId, table.requestId),
    index('k8s_workitem_history_installation').on(table.namespaceId, table.installationName, table.id),
    index('k8s_workitem_history_namespace').on(table.namespaceId, table.id),
    index('k8s_workitem_history_finished').on(table.finishedAt),
  ],
)

/** Bytes of the library, content-addressed within a namespace; revisions pin them by SHA-256. */
export const libraryContents = pgTable(
  'library_contents',
  {
    id: id(),
    namespaceId: uuid()
      .notNull()
      .references(() => namespaces.id, { onDelete: 'cascade' }),
    /** Hexadecimal. */
    sha256: text().notNull(),
    sizeBytes: bigint({ mode: 'number' }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [unique('library_contents_sha256').on(table.namespaceId, table.sha256)],
)

export const libraryChunks = pgTable(
  'library_chunks',
  {
    contentId: uuid()
      .notNull()
      .references(() => libraryContents.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    bytes: bytea().notNull(),
  },
  (table) => [primaryKey({ columns: [table.contentId, table.position] })],
)

export const libraryItems = pgTable(
  'library_items',
  {
    id: id(),
    namespaceId: uuid()
      .notNull()
      .references(() => namespaces.id, { onDelete: 'cascade' }),
    resource: text().$type<LibraryResource>().notNull(),
    name: text().notNull(),
    fileType: text().notNull(),
    contentId: uuid()
      .notNull()
      .references(() => libraryContents.id),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    changedAt: createdAt(),
  },
  (table) => [
    unique('library_items_name').on(table.namespaceId, table.resource, table.name),
    index('library_items_content').on(table.contentId),
  ],
)

/** What a revision mounts from the library, so that deleting or replacing a document changes no revision. */
export const revisionContents = pgTable(
  'k8s_installation_revision_contents',
  {
    installationId: uuid().notNull(),
    revision: integer().notNull(),
    contentId: uuid()
      .notNull()
      .references(() => libraryContents.id),
  },
  (table) => [
    primaryKey({ columns: [table.installationId, table.revision, table.contentId] }),
    index('k8s_installation_revision_contents_content').on(table.contentId),
    foreignKey({
      columns: [table.installationId, table.revision],
      foreignColumns: [revisions.installationId, revisions.revision],
    }).onDelete('cascade'),
  ],
)

export const auditEvents = pgTable(
  'audit_events',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: createdAt(),
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id),
    namespaceId: uuid().references(() => namespaces.id, { onDelete: 'cascade' }),
    /** Who: an e-mail address, `token:<name>`, `worker:<name>` or `system`. */
    actor: text().notNull(),
    /** What, as `<noun>.<verb>`. */
    action: text().notNull(),
    /** On what: the natural key. */
    subject: text().notNull(),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [
    index('audit_events_namespace').on(table.namespaceId, table.id),
    index('audit_events_organization').on(table.organizationId, table.id),
  ],
)
