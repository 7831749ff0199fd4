import { readWaiting } from "../waiting";

/** Asked by the waiting tab every two seconds. It gives nothing away but whether there is something new for its own browser. */
export async function GET(): Promise<Response> {
  const { state } = await readWaiting();
  return Response.json({ isWaiting: state === "waiting" }, { headers: { "Cache-Control": "no-store" } });
}
