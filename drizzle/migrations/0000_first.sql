CREATE SEQUENCE "public"."k8s_lease_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "access_tokens" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"namespace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"profile" text NOT NULL,
	"token_hash" text NOT NULL,
	"clusters" text[] DEFAULT '{}' NOT NULL,
	"owner_user_id" uuid,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "access_tokens_tokenHash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_issuer_subject_pk" PRIMARY KEY("issuer","subject")
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"organization_id" uuid NOT NULL,
	"namespace_id" uuid,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "k8s_clusters" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"namespace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"ingress_default_node" text NOT NULL,
	"ingress_class_name" text,
	"lifecycle_operation_count" integer DEFAULT 0 NOT NULL,
	"simulated" boolean DEFAULT false NOT NULL,
	"worker_last_seen" timestamp (3) with time zone,
	"worker_version" text,
	"worker_mode" text,
	"k8s_version" text,
	"k8s_namespaces" text[],
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "k8s_clusters_name" UNIQUE("namespace_id","name"),
	CONSTRAINT "k8s_clusters_scope" UNIQUE("namespace_id","id")
);
--> statement-breakpoint
CREATE TABLE "console_facts" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "k8s_installations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"namespace_id" uuid NOT NULL,
	"cluster_id" uuid NOT NULL,
	"name" text NOT NULL,
	"k8s_namespace" text NOT NULL,
	"status" text NOT NULL,
	"status_reason" text,
	"revision" integer NOT NULL,
	"applied_revision" integer,
	"wants_running" boolean DEFAULT true NOT NULL,
	"replica_count" integer NOT NULL,
	"installed_by" text NOT NULL,
	"installation_date" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"numbering" jsonb NOT NULL,
	"stateful_set_uid" text,
	"objects" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"observed" jsonb,
	"observed_at" timestamp (3) with time zone,
	CONSTRAINT "k8s_installations_name" UNIQUE("namespace_id","name"),
	CONSTRAINT "k8s_installations_scope" UNIQUE("namespace_id","id")
);
--> statement-breakpoint
CREATE TABLE "library_chunks" (
	"content_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "library_chunks_content_id_position_pk" PRIMARY KEY("content_id","position")
);
--> statement-breakpoint
CREATE TABLE "library_contents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"namespace_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "library_contents_sha256" UNIQUE("namespace_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "library_items" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"namespace_id" uuid NOT NULL,
	"resource" text NOT NULL,
	"name" text NOT NULL,
	"file_type" text NOT NULL,
	"content_id" uuid NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "library_items_name" UNIQUE("namespace_id","resource","name")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"user_id" uuid NOT NULL,
	"namespace_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_user_id_namespace_id_pk" PRIMARY KEY("user_id","namespace_id")
);
--> statement-breakpoint
CREATE TABLE "namespaces" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "namespaces_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organizations_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "profiles" (
	"namespace_id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "profiles_namespace_id_name_pk" PRIMARY KEY("namespace_id","name")
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "k8s_installation_revision_contents" (
	"installation_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"content_id" uuid NOT NULL,
	CONSTRAINT "k8s_installation_revision_contents_installation_id_revision_content_id_pk" PRIMARY KEY("installation_id","revision","content_id")
);
--> statement-breakpoint
CREATE TABLE "k8s_installation_revisions" (
	"namespace_id" uuid NOT NULL,
	"installation_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"config" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"cancelled_at" timestamp (3) with time zone,
	CONSTRAINT "k8s_installation_revisions_installation_id_revision_pk" PRIMARY KEY("installation_id","revision")
);
--> statement-breakpoint
CREATE TABLE "secret_values" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"namespace_id" uuid NOT NULL,
	"owner" text NOT NULL,
	"nonce" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"user_agent" text,
	"last_namespace" text
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"is_organization_admin" boolean DEFAULT false NOT NULL,
	"must_change_password" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "k8s_workitem_history" (
	"id" bigint PRIMARY KEY NOT NULL,
	"namespace_id" uuid NOT NULL,
	"cluster_name" text NOT NULL,
	"request_id" uuid NOT NULL,
	"installation_id" uuid,
	"installation_name" text NOT NULL,
	"operation" text NOT NULL,
	"status" text NOT NULL,
	"revision" integer,
	"request" jsonb NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"attempts" integer NOT NULL,
	"lease_token" uuid,
	"progress" jsonb,
	"ancillaries" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"error" jsonb,
	"result" jsonb,
	CONSTRAINT "k8s_workitem_history_request" UNIQUE("namespace_id","request_id")
);
--> statement-breakpoint
CREATE TABLE "k8s_workitems" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "k8s_workitems_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"namespace_id" uuid NOT NULL,
	"cluster_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"installation_id" uuid,
	"installation_name" text NOT NULL,
	"operation" text NOT NULL,
	"status" text NOT NULL,
	"is_next" boolean DEFAULT false NOT NULL,
	"revision" integer,
	"request" jsonb NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"first_claimed_at" timestamp (3) with time zone,
	"claim_id" uuid,
	"worker_id" text,
	"lease_token" uuid,
	"lease_number" bigint,
	"lease_expires_at" timestamp (3) with time zone,
	"progress" jsonb,
	"ancillaries" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"error" jsonb,
	CONSTRAINT "k8s_workitems_request" UNIQUE("namespace_id","request_id"),
	CONSTRAINT "k8s_workitems_status" CHECK ("k8s_workitems"."status" in ('REQUESTED', 'PENDING', 'FAILED', 'INVALID')),
	CONSTRAINT "k8s_workitems_lease" CHECK (("k8s_workitems"."status" = 'PENDING') = ("k8s_workitems"."lease_expires_at" is not null) and ("k8s_workitems"."status" <> 'PENDING' or "k8s_workitems"."lease_token" is not null))
);
--> statement-breakpoint
ALTER TABLE "access_tokens" ADD CONSTRAINT "access_tokens_namespace_id_namespaces_id_fk" FOREIGN KEY ("namespace_id") REFERENCES "public"."namespaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_tokens" ADD CONSTRAINT "access_tokens_owner_user_id_users_id_fk" FOREIGN KEY ("owner_user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_namespace_id_namespaces_id_fk" FOREIGN KEY ("namespace_id") REFERENCES "public"."namespaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "k8s_clusters" ADD CONSTRAINT "k8s_clusters_namespace_id_namespaces_id_fk" FOREIGN KEY ("namespace_id") REFERENCES "public"."namespaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "k8s_installations" ADD CONSTRAINT "k8s_installations_namespace_id_cluster_id_k8s_clusters_namespace_id_id_fk" FOREIGN KEY ("namespace_id","cluster_id") REFERENCES "public"."k8s_clusters"("namespace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "library_chunks" ADD CONSTRAINT "library_chunks_content_id_library_contents_id_fk" FOREIGN KEY ("content_id") REFERENCES "public"."library_contents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "library_contents" ADD CONSTRAINT "library_contents_namespace_id_namespaces_id_fk" FOREIGN KEY ("namespace_id") REFERENCES "public"."namespaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "library_items" ADD CONSTRAINT "library_items_namespace_id_namespaces_id_fk" FOREIGN KEY ("namespace_id") REFERENCES "public"."namespaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "library_items" ADD CONSTRAINT "library_items_content_id_library_contents_id_fk" FOREIGN KEY ("content_id") REFERENCES "public"."library_contents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_namespace_id_namespaces_id_fk" FOREIGN KEY ("namespace_id") REFERENCES "public"."namespaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "namespaces" ADD CONSTRAINT "namespaces_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_namespace_id_namespaces_id_fk" FOREIGN KEY ("namespace_id") REFERENCES "public"."namespaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "k8s_installation_revision_contents" ADD CONSTRAINT "k8s_installation_revision_contents_content_id_library_contents_id_fk" FOREIGN KEY ("content_id") REFERENCES "public"."library_contents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "k8s_installation_revision_contents" ADD CONSTRAINT "k8s_installation_revision_contents_installation_id_revision_k8s_installation_revisions_installation_id_revision_fk" FOREIGN KEY ("installation_id","revision") REFERENCES "public"."k8s_installation_revisions"("installation_id","revision") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "k8s_installation_revisions" ADD CONSTRAINT "k8s_installation_revisions_namespace_id_installation_id_k8s_installations_namespace_id_id_fk" FOREIGN KEY ("namespace_id","installation_id") REFERENCES "public"."k8s_installations"("namespace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_values" ADD CONSTRAINT "secret_values_namespace_id_namespaces_id_fk" FOREIGN KEY ("namespace_id") REFERENCES "public"."namespaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "k8s_workitem_history" ADD CONSTRAINT "k8s_workitem_history_namespace_id_namespaces_id_fk" FOREIGN KEY ("namespace_id") REFERENCES "public"."namespaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "k8s_workitems" ADD CONSTRAINT "k8s_workitems_namespace_id_cluster_id_k8s_clusters_namespace_id_id_fk" FOREIGN KEY ("namespace_id","cluster_id") REFERENCES "public"."k8s_clusters"("namespace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "k8s_workitems" ADD CONSTRAINT "k8s_workitems_namespace_id_installation_id_k8s_installations_namespace_id_id_fk" FOREIGN KEY ("namespace_id","installation_id") REFERENCES "public"."k8s_installations"("namespace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "access_tokens_live_name" ON "access_tokens" USING btree ("namespace_id","name") WHERE "access_tokens"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "audit_events_namespace" ON "audit_events" USING btree ("namespace_id","id");--> statement-breakpoint
CREATE INDEX "audit_events_organization" ON "audit_events" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "k8s_installations_cluster" ON "k8s_installations" USING btree ("cluster_id");--> statement-breakpoint
CREATE INDEX "library_items_content" ON "library_items" USING btree ("content_id");--> statement-breakpoint
CREATE INDEX "k8s_installation_revision_contents_content" ON "k8s_installation_revision_contents" USING btree ("content_id");--> statement-breakpoint
CREATE INDEX "secret_values_owner" ON "secret_values" USING btree ("namespace_id","owner");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "k8s_workitem_history_installation" ON "k8s_workitem_history" USING btree ("namespace_id","installation_name","id");--> statement-breakpoint
CREATE INDEX "k8s_workitem_history_namespace" ON "k8s_workitem_history" USING btree ("namespace_id","id");--> statement-breakpoint
CREATE INDEX "k8s_workitem_history_finished" ON "k8s_workitem_history" USING btree ("finished_at");--> statement-breakpoint
CREATE INDEX "k8s_workitems_claimable" ON "k8s_workitems" USING btree ("cluster_id","id") WHERE "k8s_workitems"."status" = 'REQUESTED' and "k8s_workitems"."is_next";--> statement-breakpoint
CREATE INDEX "k8s_workitems_queue" ON "k8s_workitems" USING btree ("namespace_id","cluster_id","id") WHERE "k8s_workitems"."status" in ('REQUESTED', 'PENDING');--> statement-breakpoint
CREATE INDEX "k8s_workitems_leased" ON "k8s_workitems" USING btree ("lease_expires_at") WHERE "k8s_workitems"."status" = 'PENDING';--> statement-breakpoint
CREATE INDEX "k8s_workitems_claim" ON "k8s_workitems" USING btree ("claim_id") WHERE "k8s_workitems"."status" = 'PENDING';--> statement-breakpoint
CREATE INDEX "k8s_workitems_installation" ON "k8s_workitems" USING btree ("installation_id","id");--> statement-breakpoint
CREATE INDEX "k8s_workitems_namespace" ON "k8s_workitems" USING btree ("namespace_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "k8s_workitems_one_next" ON "k8s_workitems" USING btree ("installation_id") WHERE "k8s_workitems"."is_next";