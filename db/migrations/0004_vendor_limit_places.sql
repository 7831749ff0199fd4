CREATE TABLE "vendor_limit_places" (
	"key" text NOT NULL,
	"place" integer NOT NULL,
	"free_at" timestamp with time zone NOT NULL,
	"taken_by" uuid,
	CONSTRAINT "vendor_limit_places_key_place_pk" PRIMARY KEY("key","place")
);
--> statement-breakpoint
CREATE TABLE "vendor_limit_waiters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"tenant" text NOT NULL,
	"turn" bigint NOT NULL,
	"process" uuid NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "vendor_limits" ADD COLUMN "turn" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "vendor_limit_places" ADD CONSTRAINT "vendor_limit_places_key_vendor_limits_key_fk" FOREIGN KEY ("key") REFERENCES "public"."vendor_limits"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_limit_waiters" ADD CONSTRAINT "vendor_limit_waiters_key_vendor_limits_key_fk" FOREIGN KEY ("key") REFERENCES "public"."vendor_limits"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "vendor_limit_waiters_turn" ON "vendor_limit_waiters" USING btree ("key","turn","id");--> statement-breakpoint
ALTER TABLE "vendor_limits" DROP COLUMN "next_at";