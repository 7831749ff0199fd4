import { notFound } from "next/navigation";
import { listEntities } from "@/lib/connection/import/queries";
import type { ConnectionDetails } from "@/lib/connection/lifecycle/schema";
import type { Entity } from "@/lib/connectors/entity";
import { getWebEnv } from "@/lib/platform/env";
import { loadConnection } from "../load-connection";

export type SftpServer = { host: string; port: string };

/** Where customers reach the sFTP server of this installation; null where there is none. */
function findServer(): SftpServer | null {
  const [host, port] = getWebEnv().KYTKIN_SFTP_ADDRESS?.split(":") ?? [];
  return host && port ? { host, port } : null;
}

/** Whether a connection has a page of files: it lives, its accepted version takes files, and something can be written. */
export const hasFilesPage = (connection: ConnectionDetails): boolean =>
  connection.takesFiles &&
  connection.canDeactivate &&
  findServer() !== null &&
  listEntities(connection).length > 0;

/** The connection of a page of files with what its files may hold; a 404 where there is no such page. */
export async function loadForFiles(
  id: string,
): Promise<{ connection: ConnectionDetails; entities: Entity[]; server: SftpServer }> {
  const { connection } = await loadConnection(id);
  const server = findServer();
  if (!server || !hasFilesPage(connection)) notFound();
  return { connection, entities: listEntities(connection), server };
}
