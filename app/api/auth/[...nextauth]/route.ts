import { cookies } from "next/headers";
import { getLocale } from "next-intl/server";
import { callNextAuth } from "@/lib/people/auth/call-next-auth";
import { webAuth } from "@/lib/people/auth/context";
import { sessionCookieName, sessionCookieOptions } from "@/lib/people/auth/cookies";
import { findSessionToken } from "@/lib/people/auth/viewer";

const closed = () => new Response(null, { status: 404 });

type Context = { params: Promise<{ nextauth: string[] }> };

/**
 * The one route of next-auth that is open: who is signed in. Its sign-in, callback and sign-out are reached through our
 * own pages only, which count tries and ask for a click.
 */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { nextauth } = await params;
  if (nextauth.join("/") !== "session") return closed();
  const auth = webAuth();
  const answer = await callNextAuth(auth, {
    method: "GET",
    path: ["session"],
    sessionToken: await findSessionToken(),
    locale: await getLocale(),
  });
  if (answer.sessionToken === "") {
    const options = { ...sessionCookieOptions(auth.publicUrl), maxAge: 0 };
    (await cookies()).set(sessionCookieName(auth.publicUrl), "", options);
  }
  return Response.json(answer.body ?? {}, {
    status: answer.status,
    headers: { "Cache-Control": "no-store" },
  });
}

export const POST = closed;
