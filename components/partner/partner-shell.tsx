import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Container, Main } from "@/components/shell/container";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { PartnerNav } from "./partner-nav";

const SECTIONS = [
  "requests",
  "connections",
  "integrations",
  "figures",
  "applications",
  "links",
  "webhooks",
  "keys",
  "members",
  "alerts",
  "profile",
] as const;

type Props = {
  member: Pick<PartnerMember, "partnerName" | "slug" | "role">;
  logo: string | null;
  /** Requests that wait for a decision, as they are counted in the navigation. */
  waiting: string | null;
  children: ReactNode;
};

/** The partner's pages beside their navigation. */
export function PartnerShell({ member, logo, waiting, children }: Props) {
  const t = useTranslations("partner");
  const base = `/partner/${member.slug}`;
  const items = [
    { href: base, label: t("nav.overview") },
    ...SECTIONS.map((section) => ({
      href: `${base}/${section}`,
      label: t(`nav.${section}`),
      ...(section === "requests" && waiting ? { count: waiting } : {}),
    })),
  ];
  return (
    <Main isBare>
      {/* A page that says data-wide, as the editor with its preview does, has the whole width and the sections above it. */}
      <Container className="group/shell grid gap-6 py-6 has-data-wide:max-w-[112rem] sm:py-8 lg:grid-cols-[12rem_minmax(0,1fr)] lg:gap-10 lg:has-data-wide:grid-cols-1 lg:has-data-wide:gap-6">
        {/* The console's words are English, whatever the language of the header. */}
        <div lang="en" className="grid content-start gap-4">
          <div className="grid gap-1 px-3 max-lg:px-0">
            {/* biome-ignore lint/performance/noImgElement: a small picture in the address itself, nothing to optimize */}
            {logo && <img src={logo} alt="" className="mb-1 max-h-10 max-w-40 justify-self-start" />}
            <p className="font-semibold wrap-anywhere">{member.partnerName}</p>
            <p className="text-xs text-ink-soft">{t("nav.yourRole", { role: t(`roles.${member.role}`) })}</p>
          </div>
          <PartnerNav label={t("nav.label")} items={items} />
        </div>
        <div lang="en" className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-6">
          {children}
        </div>
      </Container>
    </Main>
  );
}
