import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Home } from "@/components/home/home";
import { Main } from "@/components/shell/container";
import { getHome } from "@/lib/account/queries";
import { getViewer } from "@/lib/auth/viewer";
import { asCustomer } from "../as-customer";
import { discardDraftAction } from "./actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const cursors = z.object({
  requests: z.uuid().optional().catch(undefined),
  connections: z.uuid().optional().catch(undefined),
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("home");
  return { title: t("title") };
}

/** What needs attention first, then drafts, the newest requests and the connections. */
export default async function HomePage({ searchParams }: Props) {
  const viewer = await getViewer("/home");
  const view = await asCustomer(viewer, async (tx) => getHome(tx, cursors.parse(await searchParams)));
  return (
    <Main>
      <Home
        view={view}
        discardDraft={discardDraftAction}
        hrefs={{
          catalogue: "/#integrations",
          request: (id) => `/requests/${id}`,
          acceptance: (id) => `/requests/${id}/acceptance`,
          connection: (id) =>
            `/requests/${view.connections.concat(view.attention).find((one) => one.id === id)?.requestId ?? ""}`,
          draft: (linkToken, step) => `/a/${linkToken}/${step}`,
          moreRequests: (cursor) => `/home?requests=${cursor}`,
          moreConnections: (cursor) => `/home?connections=${cursor}`,
        }}
      />
    </Main>
  );
}
