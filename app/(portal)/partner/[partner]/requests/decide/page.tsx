import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { DecideMany } from "@/components/partner/decide-many";
import { Alert } from "@/components/ui/alert";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import { listDecidable } from "@/lib/partner/monitoring/queries";
import { MAX_DECIDED_AT_ONCE } from "@/lib/partner/monitoring/schema";
import { mayAsRole } from "@/lib/partner/organization/roles";
import { getPartnerMember } from "@/lib/partner/organization/signed-in-member";
import { readAsPartner } from "../../../../as-partner";
import { Live } from "../../live";
import { titleFor } from "../../title";
import { decideManyAction } from "./actions";

type Props = {
  params: Promise<{ partner: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleFor(params, "requests");
}

/** The requests that were ticked in the list, to be decided together. */
export default async function DecideManyPage({ params, searchParams }: Props) {
  const { partner } = await params;
  const list = `/partner/${partner}/requests`;
  const { id } = await searchParams;
  const ticked = [...new Set([id ?? []].flat())].filter((one) => z.uuid().safeParse(one).success);
  const here = `${list}/decide?${new URLSearchParams(ticked.map((one) => ["id", one]))}`;
  const member = await getPartnerMember(partner, here);
  if (!mayAsRole(member.role, "requests.decide")) notFound();
  const t = await getTranslations("partner.decideMany");
  const requests = await readAsPartner(member, (tx) =>
    listDecidable(tx, ticked.slice(0, MAX_DECIDED_AT_ONCE)),
  );
  return (
    <>
      <div className="grid gap-3">
        <p className="flex flex-wrap items-center justify-between gap-3 text-sm">
          <TextLink href={list}>{t("back")}</TextLink>
          <Live slug={partner} />
        </p>
        <PageHeading title={t("title")} />
      </div>
      {ticked.length > MAX_DECIDED_AT_ONCE && (
        <Alert tone="info">{t("tooMany", { limit: MAX_DECIDED_AT_ONCE })}</Alert>
      )}
      {requests.length === 0 ? (
        <Alert tone="info">{t("none")}</Alert>
      ) : (
        <DecideMany
          requests={requests}
          requestBase={list}
          listHref={list}
          decide={decideManyAction.bind(null, partner)}
        />
      )}
    </>
  );
}
