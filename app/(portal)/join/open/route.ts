import { invitationToken } from "@/lib/membership/schema";
import { forgetInvitationToken, keepInvitationToken } from "../invitation-cookie";

/** Where the link in an invitation leads. It changes nothing: the browser keeps the token and goes on to a clean address. */
export async function GET(request: Request): Promise<Response> {
  const token = invitationToken.safeParse(new URL(request.url).searchParams.get("token"));
  if (token.success) await keepInvitationToken(token.data);
  else await forgetInvitationToken();
  return new Response(null, {
    status: 303,
    headers: { Location: "/join", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store" },
  });
}
