import type { ScopedTransaction } from "@/db/scope";
import { isAppError } from "@/lib/core/app-error";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { findPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { findViewer } from "@/lib/people/auth/viewer";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { takeRateLimit } from "@/lib/platform/rate-limit";
import { asPartner } from "../../as-partner";

const NO_STORE = { "Cache-Control": "no-store" };

type Download = {
  /** In the file's name, and of the limit: it reads everything that a partner has. */
  list: "requests" | "connections";
  action: "request.export" | "connection.list_export";
  /** How many there are in a file at the most. */
  limit: number;
  write: (
    member: PartnerMember,
    asMember: <T>(work: (tx: ScopedTransaction<"partner">) => Promise<T>) => Promise<T>,
    given: Record<string, string>,
  ) => ReadableStream<Uint8Array>;
};

/** A list of the partner's as one file. It changes nothing, so a link may lead here. */
export async function sendCsv(
  request: Request,
  partner: string,
  { list, action, limit, write }: Download,
): Promise<Response> {
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
      await takeRateLimit(tx, { name: `${list}.csv`, max: 30, windowSeconds: 3600, subject: userId });
      await writeAudit(tx, {
        actor: { kind: "user", userId },
        partnerId,
        action,
        subject: { kind: "partner", id: partnerId },
        detail: { limit },
      });
    });
  } catch (error) {
    if (isAppError(error)) return new Response(null, { status: error.status, headers: NO_STORE });
    throw error;
  }
  return new Response(
    write(member, (work) => asPartner(member, work), Object.fromEntries(searchParams)),
    {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="${partner}-${list}-${new Date().toISOString().slice(0, 10)}.csv"`,
        ...NO_STORE,
      },
    },
  );
}
