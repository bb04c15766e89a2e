CREATE TABLE "hitrate"."notebook" (
	"learner" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"at" bigint NOT NULL,
	"item" jsonb NOT NULL,
	"used_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notebook_learner_id_pk" PRIMARY KEY("learner","id")
);
--> statement-breakpoint
CREATE INDEX "notebook_used_at" ON "hitrate"."notebook" USING btree ("used_at");