import { MAX_WAITING_BYTES, MAX_WAITING_CALLS } from "@/lib/connection/inbound/schema";
import { definer } from "./definer";

const isInboundAddress = definer(
  "is_inbound_address(of_hash text, of_connector text)",
  "boolean",
  "sql",
  `SELECT EXISTS (SELECT FROM public.inbound_addresses a WHERE a.token_hash = of_hash AND a.connector = of_connector)`,
  ["public"],
);

/**
 * Keeps a call for the worker, as long as not too much waits at its address already. The address's row is locked, so that calls
 * that come at once are counted one after the other; one event is enough for all that wait.
 */
const keepInboundCall = definer(
  "keep_inbound_call(of_hash text, of_connector text, of_id uuid, of_sealed text)",
  "text",
  "plpgsql",
  `DECLARE application uuid; waiting bigint; size bigint;
   BEGIN
     SELECT a.vendor_application_id INTO application FROM public.inbound_addresses a
     WHERE a.token_hash = of_hash AND a.connector = of_connector FOR UPDATE;
     IF application IS NULL THEN RETURN 'unknown'; END IF;
     SELECT count(*), coalesce(sum(c.bytes), 0) INTO waiting, size
     FROM public.inbound_calls c WHERE c.vendor_application_id = application;
     IF waiting >= ${MAX_WAITING_CALLS} OR size + length(of_sealed) > ${MAX_WAITING_BYTES} THEN RETURN 'full'; END IF;
     INSERT INTO public.inbound_calls (id, vendor_application_id, sealed_call, bytes)
     VALUES (of_id, application, of_sealed, length(of_sealed));
     INSERT INTO public.outbox_events (id, name, data)
     VALUES (pg_catalog.gen_random_uuid(), 'vendor/called', pg_catalog.jsonb_build_object('vendorApplicationId', application));
     PERFORM wake.outbox();
     RETURN 'kept';
   END`,
  ["public"],
);

export const INBOUND_FUNCTIONS: string[] = [...isInboundAddress, ...keepInboundCall];
