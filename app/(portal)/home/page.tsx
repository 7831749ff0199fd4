import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Home } from "@/components/home/home";
import { Main } from "@/components/shell/container";
import { readLine } from "@/lib/core/outside-text";
import { listPartners } from "@/lib/partner/organization/queries";
import { getHome } from "@/lib/people/account/queries";
import { getViewer } from "@/lib/people/auth/viewer";
import { listHandedRequests } from "@/lib/people/membership/queries";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { inScope } from "@/lib/platform/web-database";
import { asCustomer } from "../as-customer";
import { openHandedRequestAction } from "../handed-request-actions";
import { discardDraftAction } from "./actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const wantedSchema = z.object({
  requests: z.uuid().optional().catch(undefined),
  connections: z.uuid().optional().catch(undefined),
  q: z
    .string()
    .transform((typed) => readLine(typed, 100) ?? undefined)
    .optional()
    .catch(undefined),
  ended: z
    .literal("1")
    .optional()
    .catch(undefined)
    .transform((value) => value === "1"),
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("home");
  return { title: t("title") };
}

/** What needs attention first, then drafts, the newest requests and the connections. */
export default async function HomePage({ searchParams }: Props) {
  const viewer = await getViewer("/home");
  const { q, ended, ...cursors } = wantedSchema.parse(await searchParams);
  const locale = await getReaderLocale();
  const view = await asCustomer(viewer, (tx) => getHome(tx, { ...cursors, search: q, ended }, locale));
  const handed = await inScope({ kind: "auth" }, (tx) => listHandedRequests(tx, viewer));
  /** The list as it is, further on. */
  const moreConnections = (cursor: string) =>
    `/home?${new URLSearchParams({ connections: cursor, ...(q && { q }), ...(ended && { ended: "1" }) })}`;
  return (
    <Main>
      <Home
        view={view}
        partners={await inScope({ kind: "auth" }, (tx) => listPartners(tx, viewer.userId))}
        discardDraft={discardDraftAction}
        handed={{ requests: handed, open: openHandedRequestAction }}
        hrefs={{
          catalogue: "/#integrations",
          request: (id) => `/requests/${id}`,
          acceptance: (id) => `/requests/${id}/acceptance`,
          connection: (id) => `/connections/${id}`,
          draft: (linkToken, step) => `/a/${linkToken}/${step}`,
          moreRequests: (cursor) => `/home?requests=${cursor}`,
          moreConnections,
          search: "/home#connections",
          live: "/home#connections",
          ended: "/home?ended=1#connections",
          several: "/connections/deactivate",
        }}
      />
    </Main>
  );
}
