DROP INDEX "hitrate"."task_edits_updated_at";--> statement-breakpoint
ALTER TABLE "hitrate"."task_edits" ADD COLUMN "touched_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "runs_created_at" ON "hitrate"."runs" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "task_edits_touched_at" ON "hitrate"."task_edits" USING btree ("touched_at");