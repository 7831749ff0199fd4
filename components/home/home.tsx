import { useTranslations } from "next-intl";
import type { FormAction, PlainFormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import type { PartnerChoice } from "@/lib/partner/organization/schema";
import type { HomeView } from "@/lib/people/account/schema";
import type { HandedRequest } from "@/lib/people/membership/schema";
import { AttentionList } from "./attention-list";
import { ConnectionList } from "./connection-list";
import { DraftList } from "./draft-list";
import { HandedList } from "./handed-list";
import type { HomeHrefs } from "./home-hrefs";
import { NothingYet } from "./nothing-yet";
import { RequestList } from "./request-list";

type Props = {
  view: HomeView;
  /** Where the person works for a partner. */
  partners: PartnerChoice[];
  hrefs: HomeHrefs;
  /** Gets `draftId`. */
  discardDraft: FormAction;
  /** What was handed over by other accounts; `open` gets `draftId`. */
  handed: { requests: HandedRequest[]; open: PlainFormAction };
};

/** What needs attention first, then what can be gone on with, then everything else. */
export function Home({ view, partners, hrefs, discardDraft, handed }: Props) {
  const t = useTranslations("home");
  const isEmpty =
    !view.hasConnections && [view.drafts, view.requests, handed.requests].every((list) => list.length === 0);
  return (
    <div className="grid gap-6">
      <PageHeading title={t("title")} />
      {partners.length > 0 && (
        <p className="flex flex-wrap gap-2">
          {partners.map(({ slug, name }) => (
            <LinkButton key={slug} href={`/partner/${slug}`} variant="secondary">
              {t("console", { partner: name })}
            </LinkButton>
          ))}
        </p>
      )}
      {isEmpty && <NothingYet catalogueHref={hrefs.catalogue} />}
      {view.attention.length > 0 && <AttentionList connections={view.attention} hrefs={hrefs} />}
      {handed.requests.length > 0 && <HandedList {...handed} />}
      {view.drafts.length > 0 && <DraftList drafts={view.drafts} hrefs={hrefs} discardDraft={discardDraft} />}
      {view.requests.length > 0 && (
        <RequestList requests={view.requests} nextCursor={view.requestsNextCursor} hrefs={hrefs} />
      )}
      {view.hasConnections && <ConnectionList view={view} hrefs={hrefs} />}
    </div>
  );
}
