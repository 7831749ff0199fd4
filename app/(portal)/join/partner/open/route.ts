import { openLink, partnerInvitationCookie } from "../../../link-cookie";

/** Where the link in an invitation to a partner leads. */
export function GET(request: Request): Promise<Response> {
  return openLink(request, partnerInvitationCookie, "/join/partner");
}
