import { z } from "zod";
import { escapeHtml } from "@/emails/escape-html";
import { openPartnerPage } from "@/lib/activation/request/open-partner-page";
import { isAppError } from "@/lib/core/app-error";
import { findViewer } from "@/lib/people/auth/viewer";
import { getWebEnv } from "@/lib/platform/env";
import { actingOn, onRequest } from "../../../acting";

type Context = { params: Promise<{ id: string }> };

/** Takes the place of a redirect, which `form-action 'self'` would refuse. It has no script and leaks no referrer. */
function moveOn(url: URL): Response {
  const target = escapeHtml(url.href);
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${target}"><link rel="icon" href="/icon.svg"><title>${escapeHtml(url.host)}</title><p><a href="${target}" rel="noreferrer">${escapeHtml(url.host)}</a></p></html>`;
  return new Response(html, {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy":
        "default-src 'none'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'",
      "Referrer-Policy": "no-referrer",
      "Cache-Control": "no-store",
    },
  });
}

/**
 * Opens the partner's own page, posted to from a new tab: mints a single-use code and goes on with it. Only our own
 * pages may ask for it.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const publicUrl = getWebEnv().KYTKIN_PUBLIC_URL;
  if (request.headers.get("origin") !== new URL(publicUrl).origin) return new Response(null, { status: 403 });
  if (!z.uuid().safeParse(id).success) return new Response(null, { status: 404 });
  const back = (path: string): Response => new Response(null, { status: 303, headers: { Location: path } });
  const person = await findViewer();
  if (!person)
    return back(`/sign-in?${new URLSearchParams({ callbackUrl: `/requests/${id}/partner-steps` })}`);
  const viewer = await actingOn(person, { requestId: id });
  try {
    return moveOn(await onRequest(viewer, (tx) => openPartnerPage(tx, viewer, id)));
  } catch (error) {
    if (isAppError(error, "not_found")) return new Response(null, { status: 404 });
    // Decided, cancelled or timed out meanwhile: the status page says which.
    if (isAppError(error, "conflict")) return back(`/requests/${id}`);
    throw error;
  }
}
