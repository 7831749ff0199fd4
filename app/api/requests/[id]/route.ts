import { isDatabaseAway } from "@/db/errors";
import { databaseAway } from "../../database-away";
import { createRequestReader } from "./load-request-view";

type Context = { params: Promise<{ id: string }> };

/** The request's status as JSON, for browsers that the event stream does not reach. 404 outside the account. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const headers = { "Cache-Control": "no-store" };
  try {
    const read = await createRequestReader((await params).id);
    const view = await read();
    return view ? Response.json(view, { headers }) : new Response(null, { status: 404, headers });
  } catch (error) {
    if (isDatabaseAway(error)) return databaseAway(null);
    throw error;
  }
}
