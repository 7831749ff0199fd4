/** The process answers. Says nothing of what it depends on: see `ready`. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "Cache-Control": "no-store" } });
}
