/**
 * Destroys the data key of what a connection carried, and what opened the vendor for the gateway, in the transaction that ends the connection, whoever ends it. The
 * connection's other data key lives until the vendor's key was seen to be dead.
 */
const destroyConnectionData = [
  `CREATE OR REPLACE FUNCTION kytkin.destroy_connection_data() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
   BEGIN
     DELETE FROM public.data_keys WHERE owner_kind IN ('connection_data', 'connection_intake') AND owner_id = OLD.id;
     DELETE FROM public.gateway_tokens WHERE connection_id = OLD.id;
     DELETE FROM public.uploads WHERE connection_id = OLD.id;
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

export const CONNECTION_FUNCTIONS: readonly string[] = destroyConnectionData;
