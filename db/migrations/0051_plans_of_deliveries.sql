CREATE INDEX "deliveries_entity" ON "deliveries" USING btree ("connection_id","entity","id");--> statement-breakpoint
CREATE INDEX "delivery_rows_of_delivery" ON "delivery_rows" USING btree ("connection_id","delivery_id","position","state");--> statement-breakpoint
CREATE INDEX "delivery_rows_written" ON "delivery_rows" USING btree ("connection_id","entity","state_since") WHERE state = 'written';--> statement-breakpoint
CREATE INDEX "row_verdicts_age" ON "row_verdicts" USING btree ("created_at");