/**
 * Destroys the data key of what a connection carried, what opened the vendor for the gateway, and files that wait to be read, in the
 * transaction that ends the connection, whichever side ends it. The files are counted for the certificate. The connection's other data key lives until the vendor's key was seen to be dead.
 */
const destroyConnectionData = [
  `CREATE OR REPLACE FUNCTION kytkin.destroy_connection_data() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
   BEGIN
     UPDATE public.connections SET dropped_files =
       (SELECT count(*) FROM public.uploads WHERE connection_id = OLD.id AND state NOT IN ('done', 'quarantined'))
       + (SELECT count(*) FROM public.imports WHERE connection_id = OLD.id AND state = 'waiting')
     WHERE id = OLD.id AND dropped_files IS NULL;
     UPDATE public.imports SET state = 'refused', ended_at = pg_catalog.now() WHERE connection_id = OLD.id AND state = 'waiting';
     DELETE FROM public.import_chunks WHERE connection_id = OLD.id;
     DELETE FROM public.gateway_tokens WHERE connection_id = OLD.id;
     DELETE FROM public.uploads WHERE connection_id = OLD.id;
     -- After the uploads: a worker that is storing a result holds its upload, and has made the key of results by the time it lets go.
     DELETE FROM public.data_keys WHERE owner_kind IN ('connection_data', 'connection_intake') AND owner_id = OLD.id;
     RETURN NULL;
   END $$`,
  "REVOKE ALL ON FUNCTION kytkin.destroy_connection_data() FROM PUBLIC",
  "DROP TRIGGER IF EXISTS connections_data_end ON public.connections",
  `CREATE TRIGGER connections_data_end AFTER UPDATE OF state ON public.connections
     FOR EACH ROW WHEN (NEW.state IN ('offboarding', 'removed')) EXECUTE FUNCTION kytkin.destroy_connection_data()`,
  "DROP TRIGGER IF EXISTS connections_data_delete ON public.connections",
  `CREATE TRIGGER connections_data_delete AFTER DELETE ON public.connections
     FOR EACH ROW EXECUTE FUNCTION kytkin.destroy_connection_data()`,
];

/**
 * Moves a connection to the version that its row of `connection_updates` names, in the same statement, and tells the partner's software.
 * Nothing else moves one. Refused where it stands on another version meanwhile, or has ended: the row would be a lie.
 */
const moveConnection = [
  `CREATE OR REPLACE FUNCTION kytkin.move_connection() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
   DECLARE moved public.connections; own public.activations;
   BEGIN
     UPDATE public.connections SET specification_id = NEW.specification_id
       WHERE id = NEW.connection_id AND account_id = NEW.account_id AND partner_id = NEW.partner_id
         AND specification_id = NEW.from_specification_id AND state NOT IN ('offboarding', 'removed')
       RETURNING * INTO moved;
     IF NOT FOUND THEN
       RAISE EXCEPTION 'the connection stands on another version, or has ended' USING ERRCODE = 'serialization_failure';
     END IF;
     SELECT a.* INTO own FROM public.activations a WHERE a.id = moved.activation_id;
     PERFORM kytkin.record_webhook_event(moved.integration_id, 'connection.updated', moved.id, pg_catalog.jsonb_build_object(
       'connectionId', moved.id, 'activationRequestId', own.request_id, 'environmentId', moved.environment_id,
       'externalId', own.external_id, 'state', moved.state, 'attention', moved.attention,
       'customerRef', (SELECT r.customer_ref FROM public.activation_requests r WHERE r.id = own.request_id),
       'specificationVersion', (SELECT s.version FROM public.specifications s WHERE s.id = NEW.specification_id)));
     RETURN NULL;
   END $$`,
  "REVOKE ALL ON FUNCTION kytkin.move_connection() FROM PUBLIC",
  "DROP TRIGGER IF EXISTS connection_updates_move ON public.connection_updates",
  `CREATE TRIGGER connection_updates_move AFTER INSERT ON public.connection_updates
     FOR EACH ROW EXECUTE FUNCTION kytkin.move_connection()`,
];

export const CONNECTION_FUNCTIONS: readonly string[] = [...destroyConnectionData, ...moveConnection];
