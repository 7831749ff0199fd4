import { emailChangeCookie, openLink } from "../../../link-cookie";

/** Where the links in mails about a change of address lead. */
export function GET(request: Request): Promise<Response> {
  return openLink(request, emailChangeCookie, "/account/email");
}
