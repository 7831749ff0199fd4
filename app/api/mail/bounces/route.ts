import { getWebEnv } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { recordBounce } from "@/lib/platform/outbox/record-bounce";
import { bounceNotice } from "@/lib/platform/outbox/schema";
import { inScope } from "@/lib/platform/web-database";
import { hasBearerToken } from "../../bearer-token";

const NO_STORE = { "Cache-Control": "no-store" };
const answer = (status: number, body: object): Response => Response.json(body, { status, headers: NO_STORE });

/**
 * `{"messageId","kind","reason"}` → `{"recorded"}`; 401 without the token, 404 when the installation has none, 400 for
 * another shape. docs/operations/mail.md says how to get a provider's notices here.
 */
export async function POST(request: Request): Promise<Response> {
  const token = getWebEnv().KYTKIN_MAIL_BOUNCE_TOKEN;
  if (!token) return answer(404, { error: { code: "not_found" } });
  if (!hasBearerToken(request, token)) return answer(401, { error: { code: "unauthenticated" } });
  const notice = bounceNotice.safeParse(await request.json().catch(() => null));
  if (!notice.success) return answer(400, { error: { code: "invalid_input" } });
  const recorded = await inScope({ kind: "auth" }, (tx) => recordBounce(tx, notice.data));
  if (recorded) log.warn({ messageId: notice.data.messageId }, "a mail came back");
  return answer(200, { recorded });
}
