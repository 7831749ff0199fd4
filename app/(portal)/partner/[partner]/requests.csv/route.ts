import { isAppError } from "@/lib/core/app-error";
import { requestFilter } from "@/lib/partner/monitoring/schema";
import { MAX_EXPORTED_REQUESTS, writeRequests } from "@/lib/partner/monitoring/write-requests";
import { findPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { findViewer } from "@/lib/people/auth/viewer";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { takeRateLimit } from "@/lib/platform/rate-limit";
import { asPartner } from "../../../as-partner";

/** It reads everything that a partner has. */
const LIMIT = { name: "requests.csv", max: 30, windowSeconds: 3600 };
const NO_STORE = { "Cache-Control": "no-store" };

type Context = { params: Promise<{ partner: string }> };

/** The requests of the filter as one file, a line for each company. It changes nothing, so a link may lead here. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { partner } = await params;
  const { pathname, search, searchParams } = new URL(request.url);
  if (!(await findViewer())) {
    const Location = `/sign-in?${new URLSearchParams({ callbackUrl: `${pathname}${search}` })}`;
    return new Response(null, { status: 303, headers: { Location, ...NO_STORE } });
  }
  const member = await findPartnerMember(partner);
  if (!member) return new Response(null, { status: 404, headers: NO_STORE });
  const { partnerId, userId } = member;
  try {
    await asPartner(member, async (tx) => {
      await takeRateLimit(tx, { ...LIMIT, subject: userId });
      await writeAudit(tx, {
        actor: { kind: "user", userId },
        partnerId,
        action: "request.export",
        subject: { kind: "partner", id: partnerId },
        detail: { limit: MAX_EXPORTED_REQUESTS },
      });
    });
  } catch (error) {
    if (isAppError(error)) return new Response(null, { status: error.status, headers: NO_STORE });
    throw error;
  }
  const filter = requestFilter.parse(Object.fromEntries(searchParams));
  return new Response(
    writeRequests(member, (work) => asPartner(member, work), filter),
    {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="${partner}-requests-${new Date().toISOString().slice(0, 10)}.csv"`,
        ...NO_STORE,
      },
    },
  );
}
