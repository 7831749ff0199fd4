import { definer } from "./definer";

/**
 * Writes an event of a partner's stage, its deliveries to the endpoints that want it, and the outbox events that wake the
 * worker. The row that the event is about is locked by its own change, so that two events of a subject get two numbers.
 */
const recordWebhookEvent = definer(
  "record_webhook_event(of_integration uuid, of_type text, of_subject uuid, of_data jsonb)",
  "void",
  "plpgsql",
  `DECLARE new_event_id uuid := pg_catalog.gen_random_uuid(); owner uuid; its_stage text; its_slug text;
   BEGIN
     SELECT i.partner_id, i.stage, i.slug INTO owner, its_stage, its_slug FROM public.integrations i WHERE i.id = of_integration;
     INSERT INTO public.webhook_events (id, partner_id, stage, type, subject_id, sequence, data)
     SELECT new_event_id, owner, its_stage, of_type, of_subject,
       coalesce((SELECT max(e.sequence) FROM public.webhook_events e WHERE e.subject_id = of_subject), 0) + 1,
       pg_catalog.jsonb_build_object('integration', its_slug) || of_data;
     INSERT INTO public.webhook_deliveries (id, event_id, endpoint_id, partner_id, state, next_attempt_at)
     SELECT pg_catalog.gen_random_uuid(), new_event_id, w.id, owner,
       CASE WHEN w.state = 'active' THEN 'pending' ELSE 'held' END, CASE WHEN w.state = 'active' THEN pg_catalog.now() END
     FROM public.webhook_endpoints w
     WHERE w.partner_id = owner AND w.stage = its_stage
       AND (w.event_types = '[]'::jsonb OR w.event_types @> pg_catalog.to_jsonb(of_type))
     -- An endpoint that is being paused waits for this, or this for it: no delivery stays pending at a paused one.
     FOR SHARE;
     INSERT INTO public.outbox_events (id, name, data)
     SELECT pg_catalog.gen_random_uuid(), 'webhook/endpoint.due', pg_catalog.jsonb_build_object('endpointId', d.endpoint_id)
     FROM public.webhook_deliveries d WHERE d.event_id = new_event_id AND d.state = 'pending';
     IF FOUND THEN PERFORM wake.outbox(); END IF;
   END`,
  [],
);

/** A trigger's function runs as the owner too: no scope may write an event by itself. */
const trigger = (table: string, body: string): string[] => [
  `CREATE OR REPLACE FUNCTION kytkin.${table}_webhook_events() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$ ${body} $$`,
  `REVOKE ALL ON FUNCTION kytkin.${table}_webhook_events() FROM PUBLIC`,
  `DROP TRIGGER IF EXISTS ${table}_webhook_events ON public.${table}`,
  `CREATE TRIGGER ${table}_webhook_events AFTER INSERT OR UPDATE ON public.${table}
     FOR EACH ROW EXECUTE FUNCTION kytkin.${table}_webhook_events()`,
];

const requestEvents = trigger(
  "activation_requests",
  `DECLARE what text;
   BEGIN
     IF TG_OP = 'INSERT' THEN what := 'request.submitted';
     ELSIF NEW.settled_at IS NOT NULL AND OLD.settled_at IS NULL THEN what := 'request.settled';
     ELSIF NEW.decided_at IS NOT NULL AND OLD.decided_at IS NULL THEN what := 'request.decided';
     ELSE RETURN NULL;
     END IF;
     PERFORM kytkin.record_webhook_event(NEW.integration_id, what, NEW.id, pg_catalog.jsonb_build_object(
       'activationRequestId', NEW.id, 'state', NEW.state, 'customerRef', NEW.customer_ref));
     RETURN NULL;
   END`,
);

const activationEvents = trigger(
  "activations",
  `BEGIN
     IF NEW.state NOT IN ('active', 'failed') THEN RETURN NULL; END IF;
     IF TG_OP = 'UPDATE' AND OLD.state = NEW.state THEN RETURN NULL; END IF;
     PERFORM kytkin.record_webhook_event(NEW.integration_id, 'activation.' || NEW.state, NEW.id, pg_catalog.jsonb_build_object(
       'activationId', NEW.id, 'activationRequestId', NEW.request_id, 'environmentId', NEW.environment_id,
       'externalId', NEW.external_id, 'state', NEW.state, 'failureReason', NEW.failure_reason,
       'customerRef', (SELECT r.customer_ref FROM public.activation_requests r WHERE r.id = NEW.request_id)));
     RETURN NULL;
   END`,
);

/** A connection whose key has yet to be checked for the first time is neither active nor in need of anything. */
const connectionEvents = trigger(
  "connections",
  `DECLARE what text; before_state text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.state END; own public.activations;
   BEGIN
     SELECT a.* INTO own FROM public.activations a WHERE a.id = NEW.activation_id;
     IF NEW.state = 'active' AND before_state IS DISTINCT FROM 'active' THEN what := 'connection.active';
     ELSIF NEW.attention = 'preparation_pending' AND (TG_OP = 'INSERT' OR OLD.attention IS NULL OR OLD.attention = 'verification_pending')
       THEN what := 'connection.preparing';
     ELSIF NEW.state = 'needs_attention' AND NEW.attention NOT IN ('verification_pending', 'preparation_pending')
       AND (TG_OP = 'INSERT' OR NEW.attention IS DISTINCT FROM OLD.attention) THEN what := 'connection.needs_attention';
     ELSIF NEW.state IN ('offboarding', 'removed') AND before_state NOT IN ('offboarding', 'removed')
       AND own.state = 'active' THEN what := 'connection.ended';
     ELSE RETURN NULL;
     END IF;
     PERFORM kytkin.record_webhook_event(NEW.integration_id, what, NEW.id, pg_catalog.jsonb_build_object(
       'connectionId', NEW.id, 'activationRequestId', own.request_id, 'environmentId', NEW.environment_id,
       'externalId', own.external_id, 'state', NEW.state, 'attention', NEW.attention,
       'customerRef', (SELECT r.customer_ref FROM public.activation_requests r WHERE r.id = own.request_id)));
     RETURN NULL;
   END`,
);

/** Events of requests, activations and connections, written in the transaction of the change by whatever changes them. */
export const WEBHOOK_FUNCTIONS = [
  ...recordWebhookEvent,
  ...requestEvents,
  ...activationEvents,
  ...connectionEvents,
];
