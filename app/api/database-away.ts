/** 503 for machines: come again in a few seconds. */
export function databaseAway(body: object | null): Response {
  const headers = { "Cache-Control": "no-store", "Retry-After": "5" };
  return body ? Response.json(body, { status: 503, headers }) : new Response(null, { status: 503, headers });
}
