import { redirect } from "next/navigation";
import type { RequestTransaction } from "@/db/scope";
import { type DraftRow, findOpenDraft, findWayWithoutDraft } from "@/lib/activation/draft/queries";
import { findLink } from "@/lib/catalogue/integration/queries";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import { AppError } from "@/lib/core/app-error";
import type { Locale } from "@/lib/core/locales";
import type { Viewer } from "@/lib/people/account/schema";
import type { AuditAction } from "@/lib/platform/audit/actions";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { onRequest } from "../../acting";
import { type Outcome, runAction } from "../../run-action";

type Done<T> = { isOver: false; value: T } | { isOver: true; href: string };
type DraftWork<T> = (tx: RequestTransaction, draft: DraftRow, link: IntegrationView) => Promise<T>;

export async function getLiveLink(
  tx: RequestTransaction,
  token: string,
  locale: Locale,
): Promise<IntegrationView> {
  const link = await findLink(tx, token, locale);
  if (link.kind === "dead")
    throw new AppError(link.view.why === "unknown" ? "not_found" : "gone", "activation link");
  return link.view;
}

/**
 * Runs an action of the flow on the open draft behind a link, in the viewer's account and one transaction; `before` runs
 * ahead of it in its own. A page may be older than its draft, whose end another tab, device or colleague brought: from
 * there one is led on as by the pages themselves, and nothing was refused. For an account that never had one it is
 * `not_found`.
 */
export async function runOnDraft<T>(
  action: AuditAction,
  viewer: Viewer,
  token: string,
  work: DraftWork<T>,
  before?: () => Promise<void>,
): Promise<Outcome<T>> {
  const locale = await getReaderLocale();
  const result = await runAction<Done<T>>(action, viewer, async () => {
    await before?.();
    return onRequest(
      viewer,
      async (tx) => {
        const link = await getLiveLink(tx, token, locale);
        const draft = await findOpenDraft(tx, link.integrationId);
        if (draft) return { isOver: false, value: await work(tx, draft, link) };
        const href = await findWayWithoutDraft(tx, link);
        if (href === null) throw new AppError("not_found", "draft");
        return { isOver: true, href };
      },
      token,
    );
  });
  if (!result.ok) return result;
  if (result.value.isOver) redirect(result.value.href);
  return { ok: true, value: result.value.value };
}
