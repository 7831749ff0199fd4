import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { BulkActions } from "@/components/company/bulk-bar";
import type { FormAction, PlainFormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import type { HomeView } from "@/lib/operations/home/schema";
import type { PartnerChoice } from "@/lib/partner/organization/schema";
import type { HandedRequest } from "@/lib/people/membership/schema";
import { AttentionList } from "./attention-list";
import { CompanyList } from "./company-list";
import { DraftList } from "./draft-list";
import { HandedList } from "./handed-list";
import type { HomeHrefs } from "./home-hrefs";
import { NothingYet } from "./nothing-yet";
import { type PlanActions, PlanList } from "./plan-list";
import { RequestList } from "./request-list";
import { UpdateList } from "./update-list";
import { WaitingList } from "./waiting-list";

type HomeActions = BulkActions &
  PlanActions & {
    /** Gets `draftId`. */
    openHandedRequest: PlainFormAction;
    /** Gets `draftId`. */
    discardDraft: FormAction;
  };

type Props = {
  view: HomeView;
  /** Where the person works for a partner. */
  partners: PartnerChoice[];
  /** What was handed over by other accounts. */
  handed: HandedRequest[];
  hrefs: HomeHrefs;
  actions: HomeActions;
};

/** What waits for the customer first, then what can be gone on with, then all companies. */
export function Home({ view, partners, handed, hrefs, actions }: Props) {
  const t = useTranslations();
  const { waiting, attention, drafts, plans, requests, integrations } = view;
  const isEmpty = [integrations, drafts, plans, handed].every((list) => list.length === 0);
  return (
    <div className="grid gap-6">
      <PageHeading
        title={t("home.title")}
        aside={
          !isEmpty && (
            <LinkButton href={hrefs.activate}>
              <Plus aria-hidden className="size-4" />
              {t("companies.activate")}
            </LinkButton>
          )
        }
      />
      {partners.length > 0 && (
        <p className="flex flex-wrap gap-2">
          {partners.map(({ slug, name }) => (
            <LinkButton key={slug} href={`/partner/${slug}`} variant="secondary">
              {t("home.console", { partner: name })}
            </LinkButton>
          ))}
        </p>
      )}
      {isEmpty && <NothingYet catalogueHref={hrefs.activate} />}
      {waiting.length > 0 && <WaitingList requests={waiting} hrefs={hrefs} />}
      {view.updates.length > 0 && <UpdateList updates={view.updates} hrefs={hrefs} />}
      {attention.length > 0 && (
        <AttentionList connections={attention} hasMore={view.hasMoreAttention} hrefs={hrefs} />
      )}
      {handed.length > 0 && <HandedList requests={handed} open={actions.openHandedRequest} />}
      {drafts.length > 0 && <DraftList drafts={drafts} hrefs={hrefs} discardDraft={actions.discardDraft} />}
      {plans.length > 0 && <PlanList plans={plans} actions={actions} />}
      {integrations.length > 0 && (
        <CompanyList page={view.page} integrations={integrations} hrefs={hrefs} actions={actions} />
      )}
      {requests.length > 0 && (
        <RequestList requests={requests} nextCursor={view.requestsNextCursor} hrefs={hrefs} />
      )}
    </div>
  );
}
