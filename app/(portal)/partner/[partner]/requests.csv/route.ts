import { requestFilter } from "@/lib/partner/monitoring/schema";
import { MAX_EXPORTED_REQUESTS, writeRequests } from "@/lib/partner/monitoring/write-requests";
import { sendCsv } from "../csv-download";

type Context = { params: Promise<{ partner: string }> };

/** The requests of the filter as one file, a line for each company. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return sendCsv(request, (await params).partner, {
    list: "requests",
    action: "request.export",
    limit: MAX_EXPORTED_REQUESTS,
    write: (member, asMember, given) => writeRequests(member, asMember, requestFilter.parse(given)),
  });
}
