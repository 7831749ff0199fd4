import { redeemHandoff } from "@/lib/partner/api/redeem-handoff";
import { redeemInput } from "@/lib/partner/api/schema";
import { inScope } from "@/lib/platform/web-database";
import { readJson, respond } from "../../respond";

/** `{"code"}` → `{"activationRequest"}`; 401, 400, 404 (unknown), 410 (used or too old). */
export function POST(request: Request): Promise<Response> {
  return respond(request, async (caller) => {
    const { code } = redeemInput.parse(await readJson(request));
    const { connector: _, ...activationRequest } = await inScope(
      { kind: "partner", partnerId: caller.partnerId, keyId: caller.keyId },
      (tx) => redeemHandoff(tx, caller, code),
    );
    return { activationRequest };
  });
}
