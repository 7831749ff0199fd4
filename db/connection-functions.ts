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

export const CONNECTION_FUNCTIONS: readonly string[] = destroyConnectionData;
