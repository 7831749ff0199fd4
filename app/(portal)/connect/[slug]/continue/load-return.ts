import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { findWayOn } from "@/lib/activation/draft/find-way-on";
import {
  findIntegrationOfReturn,
  type IntegrationOfReturn,
} from "@/lib/activation/grant/parse-vendor-return";
import { returnCookieName } from "@/lib/activation/grant/return-cookie";
import type { EndedReturnView, VendorReturn, WayOn } from "@/lib/activation/grant/schema";
import { openReturn } from "@/lib/activation/grant/seal-return";
import { findPublicLinkToken } from "@/lib/catalogue/integration/find-public-link";
import type { Viewer } from "@/lib/people/account/schema";
import { getWebEnv } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { inScope } from "@/lib/platform/web-database";
import { onRequest } from "../../../acting";

/** What this browser brought back to the integration, as its cookie has it; null without one. */
export async function findReturned(slug: string): Promise<VendorReturn | null> {
  const { KYTKIN_PUBLIC_URL: publicUrl, NEXTAUTH_SECRET: secret } = getWebEnv();
  const sealed = (await cookies()).get(returnCookieName(publicUrl))?.value;
  const returned = sealed ? openReturn(secret, sealed) : null;
  return returned?.slug === slug ? returned : null;
}

/** The integration of the page's address, asked once a request. An unknown one is a 404. */
export const loadIntegration = cache(async (slug: string): Promise<IntegrationOfReturn> => {
  const integration = await inScope({ kind: "public" }, (tx) => findIntegrationOfReturn(tx, slug));
  return integration ?? notFound();
});

/** Where the viewer goes on: in their own activation, else at the review of an integration that is listed. */
export async function loadWayOn(
  viewer: Viewer | null,
  slug: string,
  integrationId: string,
): Promise<WayOn | null> {
  const own = viewer && (await onRequest(viewer, (tx) => findWayOn(tx, integrationId)));
  if (own) return own;
  const listed = await inScope({ kind: "public" }, (tx) => findPublicLinkToken(tx, slug));
  return listed === null ? null : { to: "review", href: `/a/${listed}` };
}

/** The page after a return that leads to no consent, which is logged without what came in. */
export async function loadEnded(
  viewer: Viewer | null,
  slug: string,
  because: EndedReturnView["because"],
): Promise<EndedReturnView> {
  const { id, connector } = await loadIntegration(slug);
  log.info({ integration: slug, because, isSignedIn: viewer !== null }, "a return leads to no consent");
  return {
    because,
    connectorId: connector.manifest.id,
    connectorName: connector.manifest.name,
    viewerEmail: viewer?.email ?? null,
    wayOn: await loadWayOn(viewer, slug, id),
  };
}
