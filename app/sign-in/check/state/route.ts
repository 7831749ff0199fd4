import type { Look } from "../judge-look";
import { readWaiting } from "../waiting";

/** Asked by the waiting tab every two seconds. It gives nothing away but whether there is something new for its own browser. */
export async function GET(): Promise<Response> {
  const { state } = await readWaiting();
  const look: Look = { isWaiting: state === "waiting", isUsedElsewhere: state === "link_used" };
  return Response.json(look, { headers: { "Cache-Control": "no-store" } });
}
