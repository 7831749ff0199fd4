import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import type { TimelinePage } from "@/lib/activation/timeline/schema";
import { Timeline, type TimelineNames } from "./timeline";

type Props = {
  /** null: it was not asked for. */
  page: TimelinePage | null;
  names: TimelineNames;
  isEarlier: boolean;
  /** The address of the page that it is on. */
  path: string;
};

/** The timeline at the end of a customer's page, for who asks for it. */
export function TimelineSection({ page, names, isEarlier, path }: Props) {
  const t = useTranslations("timeline");
  const shown = `${path}?happened=all#timeline`;
  const earlier = (cursor: string) => `${path}?${new URLSearchParams({ before: cursor })}#timeline`;
  return (
    <CardSection id="timeline" title={t("title")} intro={t("intro")}>
      {page ? (
        <Timeline page={page} names={names} isEarlier={isEarlier} hrefs={{ newest: shown, earlier }} />
      ) : (
        <p className="text-sm">
          <TextLink href={shown}>{t("open")}</TextLink>
        </p>
      )}
    </CardSection>
  );
}
