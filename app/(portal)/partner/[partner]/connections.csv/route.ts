import { connectionFilter } from "@/lib/partner/monitoring/schema";
import { MAX_EXPORTED_CONNECTIONS, writeConnections } from "@/lib/partner/monitoring/write-connections";
import { sendCsv } from "../csv-download";

type Context = { params: Promise<{ partner: string }> };

/** The connections of the filter as one file. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return sendCsv(request, (await params).partner, {
    list: "connections",
    action: "connection.list_export",
    limit: MAX_EXPORTED_CONNECTIONS,
    write: (_member, asMember, given) => writeConnections(asMember, connectionFilter.parse(given)),
  });
}
