import { makeOpenApiDocument } from "@/lib/partner/api/openapi";

/** The description of the API, for programs. It needs no key. */
export function GET(): Response {
  return Response.json(makeOpenApiDocument(), {
    headers: {
      "Cache-Control": "public, max-age=300",
      "Content-Type": "application/openapi+json;version=3.1",
    },
  });
}
