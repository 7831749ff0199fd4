import { invitationCookie, openLink } from "../../link-cookie";

/** Where the link in an invitation leads. */
export function GET(request: Request): Promise<Response> {
  return openLink(request, invitationCookie, "/join");
}
