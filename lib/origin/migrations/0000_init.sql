CREATE SCHEMA IF NOT EXISTS "hitrate";
--> statement-breakpoint
CREATE TABLE "hitrate"."comments" (
	"id" integer PRIMARY KEY NOT NULL,
	"task_id" integer NOT NULL,
	"author_id" integer NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hitrate"."runs" (
	"id" text PRIMARY KEY NOT NULL,
	"lab" text NOT NULL,
	"status" text NOT NULL,
	"config" jsonb NOT NULL,
	"report" jsonb,
	"reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hitrate"."seeds" (
	"generation" integer PRIMARY KEY NOT NULL,
	"seeded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hitrate"."task_edits" (
	"lab" text NOT NULL,
	"task_id" integer NOT NULL,
	"title" text,
	"status" text,
	"due_date" date,
	"notes" text,
	"version" integer NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "task_edits_lab_task_id_pk" PRIMARY KEY("lab","task_id")
);
--> statement-breakpoint
CREATE TABLE "hitrate"."tasks" (
	"id" integer PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"status" text NOT NULL,
	"owner_id" integer NOT NULL,
	"due_date" date NOT NULL,
	"notes" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hitrate"."users" (
	"id" integer PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
ALTER TABLE "hitrate"."comments" ADD CONSTRAINT "comments_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "hitrate"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hitrate"."comments" ADD CONSTRAINT "comments_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "hitrate"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hitrate"."task_edits" ADD CONSTRAINT "task_edits_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "hitrate"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hitrate"."tasks" ADD CONSTRAINT "tasks_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "hitrate"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comments_task_id" ON "hitrate"."comments" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "runs_lab_created_at" ON "hitrate"."runs" USING btree ("lab","created_at");--> statement-breakpoint
CREATE INDEX "task_edits_updated_at" ON "hitrate"."task_edits" USING btree ("updated_at");--> statement-breakpoint
CREATE INDEX "tasks_owner_id" ON "hitrate"."tasks" USING btree ("owner_id");