import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { z } from "zod";
import { LookedUpPage } from "@/components/operator/look-up/looked-up-page";
import { ResendMail } from "@/components/operator/mails/resend-mail";
import { Timeline } from "@/components/timeline/timeline";
import type { ScopedTransaction } from "@/db/scope";
import { readTimeline } from "@/lib/activation/timeline/read-timeline";
import { timelineCursor } from "@/lib/activation/timeline/schema";
import { isAppError } from "@/lib/core/app-error";
import type { LookedUp } from "@/lib/operations/look-up/schema";
import { getOperator } from "@/lib/people/auth/operator";
import { asOperator } from "../as-operator";
import { earlierHref } from "../earlier-href";
import { resendMailAction } from "./mails/actions";

export type LookedUpProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The page of a request or a connection that `read` finds; what is not there is a 404. */
export async function renderLookedUp(
  { params, searchParams }: LookedUpProps,
  kind: LookedUp["kind"],
  read: (tx: ScopedTransaction<"operator">, id: string) => Promise<LookedUp>,
  renderEnd?: (subject: LookedUp) => ReactNode,
) {
  const { id } = await params;
  const path = `/operator/${kind}s/${id}`;
  const viewer = await getOperator(path);
  if (!z.uuid().safeParse(id).success) notFound();
  const before = timelineCursor.parse((await searchParams).before);
  const { subject, page } = await asOperator(viewer, async (tx) => ({
    subject: await read(tx, id),
    page: await readTimeline(
      tx,
      "operator",
      kind === "request" ? { requestId: id } : { connectionId: id },
      before,
    ),
  })).catch((error: unknown) => {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  });
  return (
    <LookedUpPage
      subject={subject}
      end={renderEnd?.(subject)}
      timeline={
        <Timeline
          page={page}
          names={subject}
          isEarlier={before !== undefined}
          isRedacted
          hrefs={{ newest: `${path}#timeline`, earlier: earlierHref(path) }}
          renderResend={(mailId) => <ResendMail mailId={mailId} action={resendMailAction} />}
        />
      }
    />
  );
}
